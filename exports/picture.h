/* picture.h - what a photo is, told by its own bytes: files are kept without an ending. */
#ifndef TAIZHANG_EXPORTS_PICTURE_H
#define TAIZHANG_EXPORTS_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

enum picture_kind { PICTURE_JPEG, PICTURE_PNG, PICTURE_GIF, PICTURE_BMP };

struct picture {
    enum picture_kind kind;
    uint32_t width, height; /* pixels, at least 1 */
    double dots_x, dots_y;  /* to the inch, as the file states them; 96 when it does not */
    uint64_t bytes;         /* of the file */
};

/* Reads the beginning of the file. False when it is no picture that a workbook can show, or is cut
 * short or broken before its size is known. */
bool picture_read(const char *path, struct picture *picture);

/* The ending that the kind has by convention: "jpg". */
const char *picture_suffix(enum picture_kind kind);

/* As much of the picture's shape as fits into a frame of pixels at 96 dots to the inch. */
void picture_fit(const struct picture *picture, int frame_width, int frame_height, int *width,
                 int *height);

#endif
