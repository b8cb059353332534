/* digest.h - the SHA-256 of bytes that pass by, so that what is copied is read once. */
#ifndef TAIZHANG_DB_DIGEST_H
#define TAIZHANG_DB_DIGEST_H

#include <stddef.h>

enum { DIGEST_SIZE = 65 }; /* 64 hexadecimal digits */

struct digest;

void digest_open(struct digest **digest);
void digest_add(struct digest *digest, const void *bytes, size_t length);

/* Gives the sum of all that was added; `*digest` is released. */
void digest_close(struct digest **digest, char sha256[DIGEST_SIZE]);

#endif
