#define _GNU_SOURCE /* getrandom */
#include "db/id.h"
#include "db/clock.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>

void id_new(char out[ID_TEXT_SIZE])
{
    unsigned char bytes[16];
    /* Requests of up to 256 bytes are never cut short once the pool is ready. */
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        abort();
    uint64_t time = clock_milliseconds();
    for (int i = 0; i < 6; i++)
        bytes[i] = (unsigned char)(time >> (40 - 8 * i));
    bytes[6] = (unsigned char)(0x70 | (bytes[6] & 0x0F));
    bytes[8] = (unsigned char)(0x80 | (bytes[8] & 0x3F));
    static const char digits[] = "0123456789abcdef";
    char *to = out;
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *to++ = '-';
        *to++ = digits[bytes[i] >> 4];
        *to++ = digits[bytes[i] & 0x0F];
    }
    *to = '\0';
}
