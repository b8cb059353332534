#define _GNU_SOURCE /* getrandom */
#include "db/id.h"
#include "db/clock.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>

static void write_id(unsigned char bytes[16], int version, char out[ID_TEXT_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    char *to = out;
    bytes[6] = (unsigned char)(version << 4 | (bytes[6] & 0x0F));
    bytes[8] = (unsigned char)(0x80 | (bytes[8] & 0x3F));
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *to++ = '-';
        *to++ = digits[bytes[i] >> 4];
        *to++ = digits[bytes[i] & 0x0F];
    }
    *to = '\0';
}

void id_new(char out[ID_TEXT_SIZE])
{
    unsigned char bytes[16];
    /* Requests of up to 256 bytes are never cut short once the pool is ready. */
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        abort();
    uint64_t time = clock_milliseconds();
    for (int i = 0; i < 6; i++)
        bytes[i] = (unsigned char)(time >> (40 - 8 * i));
    write_id(bytes, 7, out);
}

/* FNV-1a, from two beginnings. */
void id_from_text(const char *text, char out[ID_TEXT_SIZE])
{
    uint64_t halves[2] = {0xcbf29ce484222325u, 0x9ae16a3b2f90404fu};
    unsigned char bytes[16];
    for (const char *c = text; *c; c++)
        for (int i = 0; i < 2; i++)
            halves[i] = (halves[i] ^ (unsigned char)*c) * 0x100000001b3u;
    for (int i = 0; i < 16; i++)
        bytes[i] = (unsigned char)(halves[i / 8] >> (56 - 8 * (i % 8)));
    write_id(bytes, 8, out);
}
