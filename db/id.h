/* id.h - UUIDs (RFC 9562): version 7, sortable by time of creation and unique between laptops;
 * version 8 where every laptop must find the same one. */
#ifndef TAIZHANG_DB_ID_H
#define TAIZHANG_DB_ID_H

enum { ID_TEXT_SIZE = 37 };

/* Writes a new identifier, "01997c6e-1b2f-7c3a-8d4e-…", NUL-terminated. */
void id_new(char out[ID_TEXT_SIZE]);

/* Writes the identifier that stands for `text`, the same on every laptop. */
void id_from_text(const char *text, char out[ID_TEXT_SIZE]);

#endif
