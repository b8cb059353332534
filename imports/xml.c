#include "imports/xml.h"

#include <expat.h>
#include <string.h>

enum {
    BLOCK_SIZE = 1 << 16,
    MAX_DEPTH = 256,
    MAX_TOKEN = 1 << 20, /* a tag or comment; expat rescans an unfinished one with every block */
};

struct xml {
    XML_Parser parser;
    const struct xml_handlers *handlers;
    void *context;
    int depth;
    bool stopped; /* by a handler that failed */
    bool cut;     /* enough was read */
    struct error *err;
};

static void stop(struct xml *xml)
{
    xml->stopped = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

static const char *local_name(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct xml *xml = data;
    if (xml->stopped)
        return;
    if (++xml->depth > MAX_DEPTH) {
        error_set(xml->err, ERROR_FORMAT, "文件内部的结构嵌套过深，已拒绝读取，请向提供者核实来源");
        stop(xml);
    } else if (!xml->handlers->start(xml->context, local_name(name), attributes, xml->err)) {
        stop(xml);
    }
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
    struct xml *xml = data;
    if (xml->stopped)
        return;
    xml->depth--;
    if (!xml->handlers->end(xml->context, local_name(name), xml->err))
        stop(xml);
}

static void XMLCALL on_text(void *data, const XML_Char *bytes, int length)
{
    struct xml *xml = data;
    if (!xml->stopped && !xml->handlers->text(xml->context, bytes, (size_t)length, xml->err))
        stop(xml);
}

static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int internal)
{
    struct xml *xml = data;
    (void)name, (void)system, (void)public, (void)internal;
    error_set(xml->err, ERROR_FORMAT,
              "文件内部含有 DOCTYPE 声明（可能是恶意文件），已拒绝读取，请向提供者核实来源");
    stop(xml);
}

static bool refuse_broken(struct error *err)
{
    return error_set(err, ERROR_FORMAT,
                     "文件内部的 XML 已损坏，请用 WPS 表格或 Excel 打开后另存为 .xlsx 再导入");
}

static bool feed(struct xml *xml, struct zip *zip, struct error *err)
{
    int64_t fed = 0;
    for (size_t length = 1; length > 0;) {
        char *block = XML_GetBuffer(xml->parser, BLOCK_SIZE);
        if (!block)
            return refuse_broken(err);
        if (!zip_read(zip, block, BLOCK_SIZE, &length, err))
            return false;
        fed += (int64_t)length;
        enum XML_Status status = XML_ParseBuffer(xml->parser, (int)length, length == 0);
        if (xml->stopped)
            return false;
        if (status != XML_STATUS_OK)
            return refuse_broken(err);
        if (length > 0 && fed - XML_GetCurrentByteIndex(xml->parser) > MAX_TOKEN)
            return error_set(err, ERROR_FORMAT,
                             "文件内部含有异常巨大的标记，已拒绝读取，请向提供者核实来源");
        if (xml->handlers->fed && !xml->handlers->fed(xml->context, fed, err))
            return false;
        xml->cut = length > 0 && xml->handlers->enough && xml->handlers->enough(xml->context);
        if (xml->cut)
            return true;
    }
    return true;
}

bool xml_parse_part(struct zip *zip, const char *part, const struct xml_handlers *handlers,
                    void *context, struct error *err)
{
    if (!zip_begin_part(zip, part, err))
        return false;
    struct xml xml = {.handlers = handlers, .context = context, .err = err};
    xml.parser = XML_ParserCreate(NULL);
    if (!xml.parser) {
        zip_abandon_part(zip);
        return refuse_broken(err);
    }
    XML_SetUserData(xml.parser, &xml);
    XML_SetElementHandler(xml.parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(xml.parser, on_doctype);
    if (handlers->text)
        XML_SetCharacterDataHandler(xml.parser, on_text);
    bool done = feed(&xml, zip, err);
    XML_ParserFree(xml.parser);
    if (done && !xml.cut)
        return zip_end_part(zip, err);
    zip_abandon_part(zip);
    return done;
}

const char *xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(local_name(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

bool xml_is_true(const char *value)
{
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}
