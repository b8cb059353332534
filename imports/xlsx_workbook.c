#include "imports/xlsx_workbook.h"
#include "core/mem.h"
#include "imports/staging.h"
#include "imports/xlsx_relations.h"
#include "imports/xml.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_SHEETS = 256 };

struct reader {
    struct table *table;
    struct xlsx_workbook *workbook;
    struct xlsx_relations relations;
    bool is_workbook; /* the root element says so */
};

static bool add_sheet(struct reader *reader, const char **attributes, struct error *err)
{
    const char *name = xml_attribute(attributes, "name");
    const char *id = xml_attribute(attributes, "id");
    const char *state = xml_attribute(attributes, "state");
    const struct xlsx_relation *relation =
        id ? xlsx_relations_find_id(&reader->relations, id) : NULL;
    if (!name || !relation || strcmp(relation->type, "worksheet") != 0)
        return true;
    struct xlsx_workbook *workbook = reader->workbook;
    if (workbook->count == MAX_SHEETS)
        return error_set(err, ERROR_FORMAT, "工作表超过 %d 张，请删去多余的工作表再导入",
                         MAX_SHEETS);
    workbook->parts =
        mem_grow(workbook->parts, workbook->count, &workbook->capacity, sizeof *workbook->parts);
    workbook->parts[workbook->count++] = mem_text(relation->target);
    staging_add_sheet(reader->table, name, state && strcmp(state, "visible") != 0);
    return true;
}

static bool on_start(void *context, const char *name, const char **attributes, struct error *err)
{
    struct reader *reader = context;
    if (strcmp(name, "workbook") == 0)
        reader->is_workbook = true;
    else if (strcmp(name, "workbookPr") == 0)
        reader->workbook->first_1904 = xml_is_true(xml_attribute(attributes, "date1904"));
    else if (strcmp(name, "sheet") == 0)
        return add_sheet(reader, attributes, err);
    return true;
}

static bool on_end(void *context, const char *name, struct error *err)
{
    (void)context, (void)name, (void)err;
    return true;
}

/* Zip archives that people take for workbooks, by a part that only they have. */
static bool refuse_other_package(struct zip *zip, struct error *err)
{
    static const struct {
        const char *part, *what;
    } others[] = {
        {"word/document.xml",
         " Word 文档（.docx），请把其中的表格复制到电子表格，另存为 .xlsx 再导入"},
        {"ppt/presentation.xml", "演示文稿（.pptx），请改选含有清单的 .xlsx 文件"},
        {"xl/workbook.bin",
         "二进制工作簿（.xlsb），请用 WPS 表格或 Excel 打开后另存为 .xlsx 再导入"},
        {"content.xml",
         " OpenDocument 文件（.ods 等），请用 WPS 表格或 LibreOffice 打开后另存为 .xlsx 再导入"},
        {"Index/Document.iwa", " Apple Numbers 表格，请在 Numbers 中导出为 .xlsx 再导入"},
        {"OFD.xml", " OFD 版式文件，请向提供者索取 .xlsx 或 .csv 格式的表格"},
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (zip_has(zip, others[i].part))
            return error_set(err, ERROR_FORMAT, "这是%s", others[i].what);
    return error_set(err, ERROR_FORMAT,
                     "这是普通的 zip 压缩包，不是 .xlsx 工作簿，请先解压，再导入其中的表格");
}

static char *target_of(const struct xlsx_relations *relations, const char *type)
{
    const struct xlsx_relation *relation = xlsx_relations_find_type(relations, type);
    return relation ? mem_text(relation->target) : NULL;
}

static bool read_parts(struct zip *zip, const char *main_part, struct reader *reader,
                       struct error *err)
{
    static const struct xml_handlers handlers = {.start = on_start, .end = on_end};
    if (!xlsx_relations_read(zip, main_part, &reader->relations, err) ||
        !xml_parse_part(zip, main_part, &handlers, reader, err))
        return false;
    reader->workbook->strings = target_of(&reader->relations, "sharedStrings");
    reader->workbook->styles = target_of(&reader->relations, "styles");
    reader->workbook->cell_images = target_of(&reader->relations, "cellImage");
    return xlsx_rich_read(zip, &reader->relations, &reader->workbook->rich, err);
}

bool xlsx_workbook_read(struct zip *zip, struct table *table, struct xlsx_workbook *workbook,
                        struct error *err)
{
    struct xlsx_relations package = {0};
    if (!xlsx_relations_read(zip, "", &package, err)) {
        xlsx_relations_release(&package);
        return false;
    }
    struct reader reader = {.table = table, .workbook = workbook};
    char *main_part = target_of(&package, "officeDocument");
    bool is_xml = main_part && zip_has(zip, main_part) && !strstr(main_part, ".bin");
    bool done = !is_xml || read_parts(zip, main_part, &reader, err);
    if (done && !reader.is_workbook)
        done = refuse_other_package(zip, err);
    free(main_part);
    xlsx_relations_release(&reader.relations);
    xlsx_relations_release(&package);
    return done;
}

void xlsx_workbook_release(struct xlsx_workbook *workbook)
{
    for (size_t i = 0; i < workbook->count; i++)
        free(workbook->parts[i]);
    free(workbook->parts);
    free(workbook->strings);
    free(workbook->styles);
    free(workbook->cell_images);
    xlsx_rich_release(&workbook->rich);
    *workbook = (struct xlsx_workbook){0};
}
