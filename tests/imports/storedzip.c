#include "storedzip.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { FLAG_DESCRIPTOR = 8, VERSION_PLAIN = 20, VERSION_ZIP64 = 45, ZIP64_EXTRA = 28 };

static void add_number(struct buffer *out, uint64_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buffer_add_char(out, (char)(number >> 8 * i & 0xFF));
}

static uint32_t checksum(const unsigned char *bytes, size_t length)
{
    uint32_t sum = 0xFFFFFFFF;
    for (size_t i = 0; i < length; i++) {
        sum ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ (0xEDB88320 & (0 - (sum & 1)));
    }
    return ~sum;
}

/* What a local header and an entry of the directory have in common. */
static void add_header(struct storedzip *zip, struct buffer *out, bool known, uint32_t sum,
                       size_t name_length, size_t length)
{
    bool big = zip->form == STOREDZIP_ZIP64;
    uint64_t size = !known ? 0 : big ? UINT32_MAX : length;
    add_number(out, big ? VERSION_ZIP64 : VERSION_PLAIN, 2);
    add_number(out, zip->form == STOREDZIP_DESCRIPTOR ? FLAG_DESCRIPTOR : 0, 2);
    add_number(out, 0, 2);          /* stored */
    add_number(out, 0x00210000, 4); /* 1980-01-01 */
    add_number(out, known ? sum : 0, 4);
    add_number(out, size, 4);
    add_number(out, size, 4);
    add_number(out, name_length, 2);
    add_number(out, big ? ZIP64_EXTRA : 0, 2);
}

static void add_extra(const struct storedzip *zip, struct buffer *out, size_t length, size_t offset)
{
    if (zip->form != STOREDZIP_ZIP64)
        return;
    add_number(out, 1, 2);
    add_number(out, ZIP64_EXTRA - 4, 2);
    add_number(out, length, 8);
    add_number(out, length, 8);
    add_number(out, offset, 8);
}

void storedzip_add(struct storedzip *zip, const char *name, const void *bytes, size_t length)
{
    size_t offset = zip->bytes.length, name_length = strlen(name);
    uint32_t sum = checksum(bytes, length);
    buffer_add_bytes(&zip->bytes, "PK\3\4", 4);
    add_header(zip, &zip->bytes, zip->form != STOREDZIP_DESCRIPTOR, sum, name_length, length);
    buffer_add(&zip->bytes, name);
    add_extra(zip, &zip->bytes, length, offset);
    buffer_add_bytes(&zip->bytes, bytes, length);
    if (zip->form == STOREDZIP_DESCRIPTOR) {
        buffer_add_bytes(&zip->bytes, "PK\7\10", 4);
        add_number(&zip->bytes, sum, 4);
        add_number(&zip->bytes, length, 4);
        add_number(&zip->bytes, length, 4);
    }
    buffer_add_bytes(&zip->directory, "PK\1\2", 4);
    add_number(&zip->directory, VERSION_ZIP64, 2);
    add_header(zip, &zip->directory, true, sum, name_length, length);
    add_number(&zip->directory, 0, 2 + 2 + 2); /* comment, disk, what it is */
    add_number(&zip->directory, 0, 4);
    add_number(&zip->directory, zip->form == STOREDZIP_ZIP64 ? UINT32_MAX : offset, 4);
    buffer_add(&zip->directory, name);
    add_extra(zip, &zip->directory, length, offset);
    zip->count++;
}

void storedzip_add_text(struct storedzip *zip, const char *name, const char *text)
{
    storedzip_add(zip, name, text, strlen(text));
}

/* The end of the directory in 64 bits, and where it stands. */
static void add_zip64_end(struct storedzip *zip, size_t start)
{
    size_t end = zip->bytes.length;
    buffer_add_bytes(&zip->bytes, "PK\6\6", 4);
    add_number(&zip->bytes, 44, 8);
    add_number(&zip->bytes, VERSION_ZIP64, 2);
    add_number(&zip->bytes, VERSION_ZIP64, 2);
    add_number(&zip->bytes, 0, 4 + 4);
    add_number(&zip->bytes, zip->count, 8);
    add_number(&zip->bytes, zip->count, 8);
    add_number(&zip->bytes, zip->directory.length, 8);
    add_number(&zip->bytes, start, 8);
    buffer_add_bytes(&zip->bytes, "PK\6\7", 4);
    add_number(&zip->bytes, 0, 4);
    add_number(&zip->bytes, end, 8);
    add_number(&zip->bytes, 1, 4);
}

void storedzip_finish(struct storedzip *zip)
{
    bool big = zip->form == STOREDZIP_ZIP64;
    size_t start = zip->bytes.length;
    buffer_add_bytes(&zip->bytes, buffer_text(&zip->directory), zip->directory.length);
    if (big)
        add_zip64_end(zip, start);
    buffer_add_bytes(&zip->bytes, "PK\5\6", 4);
    add_number(&zip->bytes, 0, 2 + 2);
    add_number(&zip->bytes, big ? UINT16_MAX : zip->count, 2);
    add_number(&zip->bytes, big ? UINT16_MAX : zip->count, 2);
    add_number(&zip->bytes, big ? UINT32_MAX : zip->directory.length, 4);
    add_number(&zip->bytes, big ? UINT32_MAX : start, 4);
    add_number(&zip->bytes, 0, 2);
}

void storedzip_release(struct storedzip *zip)
{
    buffer_release(&zip->bytes);
    buffer_release(&zip->directory);
    *zip = (struct storedzip){0};
}
