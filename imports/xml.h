/* xml.h - one XML part of a workbook, pushed through expat with the guards it needs.
 * The only place that talks to expat. */
#ifndef TAIZHANG_IMPORTS_XML_H
#define TAIZHANG_IMPORTS_XML_H

#include "imports/zip.h"

/* Element names arrive without their prefix, so that transitional, strict and prefixed documents
 * read alike. Handlers stop the parser by returning false with *err set. */
struct xml_handlers {
    bool (*start)(void *context, const char *name, const char **attributes, struct error *err);
    bool (*end)(void *context, const char *name, struct error *err);
    bool (*text)(void *context, const char *bytes, size_t length, struct error *err); /* or NULL */
    bool (*fed)(void *context, int64_t bytes, struct error *err); /* after each block, or NULL */
    bool (*enough)(void *context); /* after each block, or NULL: the rest is not wanted */
};

/* Parses `part` to its end, checksum included, or until it is enough. Refused: a DOCTYPE (no workbook has one, and every
 * entity attack needs one), nesting and single tokens beyond all measure, XML that is not
 * well-formed. */
bool xml_parse_part(struct zip *zip, const char *part, const struct xml_handlers *handlers,
                    void *context, struct error *err);

/* Value of the attribute with that local name, or NULL. */
const char *xml_attribute(const char **attributes, const char *name);

/* Whether an attribute value says yes: "1" or "true". */
bool xml_is_true(const char *value);

#endif
