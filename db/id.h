/* id.h - UUIDv7 (RFC 9562): sortable by time of creation, unique between laptops. */
#ifndef TAIZHANG_DB_ID_H
#define TAIZHANG_DB_ID_H

enum { ID_TEXT_SIZE = 37 };

/* Writes a new identifier, "01997c6e-1b2f-7c3a-8d4e-…", NUL-terminated. */
void id_new(char out[ID_TEXT_SIZE]);

#endif
