/* xlsx_text.h - the text of shared and inline strings, collected from runs. */
#ifndef TAIZHANG_IMPORTS_XLSX_TEXT_H
#define TAIZHANG_IMPORTS_XLSX_TEXT_H

#include "core/buffer.h"

#include <stdbool.h>

struct xlsx_text {
    struct buffer buffer;
    bool open;    /* inside an element whose text counts */
    int phonetic; /* inside that many <rPh>, whose reading aids do not count */
};

void xlsx_text_clear(struct xlsx_text *text); /* the memory is kept */
void xlsx_text_start(struct xlsx_text *text, const char *element);
void xlsx_text_end(struct xlsx_text *text, const char *element);

/* Adds character data when it counts; false when it is more than a cell can hold. */
bool xlsx_text_add(struct xlsx_text *text, const char *bytes, size_t length);

/* Decodes _x000D_ and its like (ECMA-376 22.9.2.19); false when the result is too long. */
bool xlsx_text_finish(struct xlsx_text *text);

#endif
