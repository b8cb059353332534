#include "exports/picture.h"

#include <stdio.h>
#include <string.h>

enum { MOST_PIXELS = 100000, MOST_SEGMENTS = 1000 };

static const double usual_dots = 96, centimetres = 2.54, metres = 0.0254;

static uint32_t big(const unsigned char *bytes, size_t count)
{
    uint32_t number = 0;
    for (size_t i = 0; i < count; i++)
        number = number << 8 | bytes[i];
    return number;
}

static uint32_t little(const unsigned char *bytes, size_t count)
{
    uint32_t number = 0;
    while (count-- > 0)
        number = number << 8 | bytes[count];
    return number;
}

static bool read_bytes(FILE *file, unsigned char *bytes, size_t count)
{
    return fread(bytes, 1, count, file) == count;
}

static bool skip_bytes(FILE *file, uint32_t count)
{
    return fseek(file, (long)count, SEEK_CUR) == 0;
}

static void set_dots(struct picture *picture, double x, double y)
{
    picture->dots_x = x > 0 ? x : usual_dots;
    picture->dots_y = y > 0 ? y : usual_dots;
}

/* ---- each kind ---- */

/* Whether a segment states the size of the picture: SOF0 to SOF15 without tables. */
static bool is_frame(unsigned char marker)
{
    return (marker & 0xF0) == 0xC0 && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* APP0 of JFIF: units and densities. */
static void take_density(struct picture *picture, const unsigned char *body)
{
    if (memcmp(body, "JFIF", 4) != 0)
        return;
    double x = big(body + 8, 2), y = big(body + 10, 2);
    if (body[7] == 1)
        set_dots(picture, x, y);
    else if (body[7] == 2)
        set_dots(picture, x * centimetres, y * centimetres);
}

/* Segments follow each other until the pixels begin; each must be where the one before says. */
static bool read_jpeg(FILE *file, struct picture *picture)
{
    enum { FRAME = 6, DENSITY = 12, LONGEST = 12 };
    bool found = false;
    if (fseek(file, 2, SEEK_SET) != 0)
        return false;
    for (int i = 0; i < MOST_SEGMENTS; i++) {
        unsigned char head[4], body[LONGEST];
        if (!read_bytes(file, head, sizeof head) || head[0] != 0xFF || head[1] == 0xFF)
            return false;
        uint32_t length = big(head + 2, 2), taken = 0;
        if (length < 2)
            return false;
        length -= 2;
        if (head[1] == 0xDA)
            return found;
        if (is_frame(head[1]) || (head[1] == 0xE0 && length >= DENSITY))
            taken = is_frame(head[1]) ? FRAME : DENSITY;
        if (taken > length || !read_bytes(file, body, taken))
            return false;
        if (is_frame(head[1])) {
            picture->height = big(body + 1, 2);
            picture->width = big(body + 3, 2);
            found = true;
        } else if (taken) {
            take_density(picture, body);
        }
        if (!skip_bytes(file, length - taken))
            return false;
    }
    return false;
}

static bool read_png(FILE *file, struct picture *picture)
{
    bool found = false;
    if (fseek(file, 8, SEEK_SET) != 0)
        return false;
    for (int i = 0; i < MOST_SEGMENTS; i++) {
        unsigned char head[8], body[9];
        if (!read_bytes(file, head, sizeof head))
            return false;
        uint32_t length = big(head, 4), taken = 0;
        const char *type = (const char *)head + 4;
        if (length > INT32_MAX - 8)
            return false;
        if (memcmp(type, "IDAT", 4) == 0 || memcmp(type, "IEND", 4) == 0)
            return found;
        if ((memcmp(type, "IHDR", 4) == 0 || memcmp(type, "pHYs", 4) == 0) && length >= 9)
            taken = sizeof body;
        if (!read_bytes(file, body, taken))
            return false;
        if (taken && type[0] == 'I') {
            picture->width = big(body, 4);
            picture->height = big(body + 4, 4);
            found = true;
        } else if (taken && body[8] == 1) {
            set_dots(picture, big(body, 4) * metres, big(body + 4, 4) * metres);
        }
        if (!skip_bytes(file, length - taken + 4))
            return false;
    }
    return false;
}

static bool read_gif(FILE *file, struct picture *picture)
{
    unsigned char head[10];
    if (!read_bytes(file, head, sizeof head))
        return false;
    picture->width = little(head + 6, 2);
    picture->height = little(head + 8, 2);
    return true;
}

static bool read_bmp(FILE *file, struct picture *picture)
{
    unsigned char head[26];
    if (!read_bytes(file, head, sizeof head) || little(head + 14, 4) < 40)
        return false;
    picture->width = little(head + 18, 4);
    picture->height = little(head + 22, 4);
    return true;
}

static const struct format {
    const char *magic;
    size_t length;
    const char *suffix;
    bool (*read)(FILE *file, struct picture *picture);
} formats[] = {
    [PICTURE_JPEG] = {"\xFF\xD8", 2, "jpg", read_jpeg},
    [PICTURE_PNG] = {"\x89PNG\r\n\x1A\n", 8, "png", read_png},
    [PICTURE_GIF] = {"GIF8", 4, "gif", read_gif},
    [PICTURE_BMP] = {"BM", 2, "bmp", read_bmp},
};

const char *picture_suffix(enum picture_kind kind)
{
    return formats[kind].suffix;
}

static bool read_kind(FILE *file, struct picture *picture)
{
    unsigned char head[8] = {0};
    size_t length = fread(head, 1, sizeof head, file);
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        const struct format *format = &formats[i];
        if (length < format->length || memcmp(head, format->magic, format->length) != 0)
            continue;
        picture->kind = (enum picture_kind)i;
        return fseek(file, 0, SEEK_SET) == 0 && format->read(file, picture) && picture->width > 0 &&
               picture->width <= MOST_PIXELS && picture->height > 0 &&
               picture->height <= MOST_PIXELS;
    }
    return false;
}

bool picture_read(const char *path, struct picture *picture)
{
    *picture = (struct picture){.dots_x = usual_dots, .dots_y = usual_dots};
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    bool good = read_kind(file, picture) && fseek(file, 0, SEEK_END) == 0;
    long bytes = good ? ftell(file) : 0;
    picture->bytes = bytes > 0 ? (uint64_t)bytes : 0;
    fclose(file);
    return good && bytes > 0;
}

void picture_fit(const struct picture *picture, int frame_width, int frame_height, int *width,
                 int *height)
{
    const uint64_t across = (uint64_t)picture->width * (uint64_t)frame_height;
    const uint64_t down = (uint64_t)picture->height * (uint64_t)frame_width;
    *width = frame_width;
    *height = frame_height;
    if (across > down)
        *height = (int)(down / picture->width);
    else
        *width = (int)(across / picture->height);
    *width = *width < 1 ? 1 : *width;
    *height = *height < 1 ? 1 : *height;
}
