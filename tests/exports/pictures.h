/* pictures.h - the smallest files that say of themselves that they are photos. Their pixels are
 * missing: nobody looks at them before a person does. */
#ifndef TAIZHANG_TESTS_EXPORTS_PICTURES_H
#define TAIZHANG_TESTS_EXPORTS_PICTURES_H

/* 320 x 200, 300 dots to the inch. */
#define PHOTO_JPEG                                                                                 \
    "\xFF\xD8"                                                                                     \
    "\xFF\xE0\0\x10JFIF\0\1\1\1\x01\x2C\x01\x2C\0\0"                                               \
    "\xFF\xDB\0\x05\0\1\1"                                                                         \
    "\xFF\xC0\0\x0B\x08\0\xC8\x01\x40\1\1\x11\0"                                                   \
    "\xFF\xDA\0\x08\1\1\0\0\x3F\0"                                                                 \
    "\x55\xFF\xD9"

/* 64 x 48, 72 dots to the inch. */
#define PHOTO_PNG                                                                                  \
    "\x89PNG\r\n\x1A\n"                                                                            \
    "\0\0\0\x0DIHDR\0\0\0\x40\0\0\0\x30\x08\2\0\0\0\0\0\0\0"                                       \
    "\0\0\0\x09pHYs\0\0\x0B\x13\0\0\x0B\x13\1\0\0\0\0"                                             \
    "\0\0\0\0IDAT\0\0\0\0"                                                                         \
    "\0\0\0\0IEND\0\0\0\0"

#define PHOTO_GIF "GIF89a\x10\0\x09\0\0\0\0;"

#define PHOTO_BMP "BM\x1A\0\0\0\0\0\0\0\x1A\0\0\0\x28\0\0\0\x0A\0\0\0\x14\0\0\0"

/* Bytes up to where the size is known and the pixels begin. */
enum { PHOTO_JPEG_HEAD = 2 + 18 + 7 + 13 + 4, PHOTO_PNG_HEAD = 8 + 25 + 21 + 8 };

#endif
