#include "imports/xlsx.h"
#include "core/buffer.h"
#include "core/mem.h"
#include "imports/staging.h"
#include "imports/xlsx_sheet.h"
#include "imports/xlsx_workbook.h"

#include <stdlib.h>
#include <string.h>

struct package {
    struct zip *zip;
    struct xlsx_workbook workbook;
    struct xlsx_styles styles;
    struct xlsx_strings strings;
};

static bool refuse_unknown_sheet(const struct table *table, const char *sheet, struct error *err)
{
    enum { SHOWN = 8 };
    char shown[STAGING_NAME_SIZE];
    struct buffer names = {0};
    for (size_t i = 0; i < table->sheet_count && i < SHOWN; i++)
        buffer_addf(&names, "%s“%s”", i ? "、" : "", staging_name(table->sheets[i].name, shown));
    if (table->sheet_count > SHOWN)
        buffer_addf(&names, "等 %zu 张", table->sheet_count);
    error_set(err, ERROR_MISSING, "没有名为“%s”的工作表，请改用其中之一：%s",
              staging_name(sheet, shown), buffer_text(&names));
    buffer_release(&names);
    return false;
}

static bool read_sheet(struct package *package, size_t index, struct table *table,
                       struct error *err)
{
    const char *part = package->workbook.parts[index];
    const char *strings = package->workbook.strings;
    int64_t before = strings ? zip_size(package->zip, strings) : 0;
    struct xlsx_pictures pictures = {0};
    struct xlsx_sheet_source source = {
        .strings = &package->strings,
        .styles = &package->styles,
        .rich = &package->workbook.rich,
        .first_1904 = package->workbook.first_1904,
        .done = before,
        .total = before + zip_size(package->zip, part),
    };
    staging_forget_sheet(table);
    bool done = xlsx_sheet_read(package->zip, part, &source, table, &pictures, err) &&
                xlsx_pictures_read(package->zip, part, package->workbook.cell_images, &pictures,
                                   table, err);
    xlsx_pictures_release(&pictures);
    if (done) {
        table->sheet = mem_text(table->sheets[index].name);
        return true;
    }
    char shown[STAGING_NAME_SIZE];
    if (err && err->code != ERROR_CANCELLED)
        error_prefix(err, "工作表“%s”", staging_name(table->sheets[index].name, shown));
    return false;
}

static bool read_named(struct package *package, const char *sheet, struct table *table,
                       struct error *err)
{
    size_t index = 0;
    while (index < table->sheet_count && strcmp(table->sheets[index].name, sheet) != 0)
        index++;
    if (index == table->sheet_count)
        return refuse_unknown_sheet(table, sheet, err);
    if (!read_sheet(package, index, table, err))
        return false;
    char shown[STAGING_NAME_SIZE];
    return table->row_count > 0 ||
           error_set(err, ERROR_FORMAT, "工作表“%s”里没有数据，请换一张工作表",
                     staging_name(sheet, shown));
}

static bool read_first(struct package *package, struct table *table, struct error *err)
{
    bool hidden_only = table->sheet_count > 0;
    for (size_t i = 0; i < table->sheet_count; i++) {
        if (table->sheets[i].hidden)
            continue;
        hidden_only = false;
        if (!read_sheet(package, i, table, err))
            return false;
        if (table->row_count > 0)
            return true;
        free(table->sheet);
        table->sheet = NULL;
    }
    if (hidden_only)
        return error_set(err, ERROR_FORMAT, "所有工作表都是隐藏的，请取消隐藏或指明工作表的名称");
    return error_set(err, ERROR_FORMAT, "工作表里没有数据，请确认选对了文件");
}

static void drop_sheet(struct table *table)
{
    free(table->sheet);
    table->sheet = NULL;
    staging_cut_rows(table, 0);
}

/* Shows every sheet; one without data too. */
static bool read_each(struct package *package, struct table *table, struct error *err)
{
    for (size_t i = 0; i < table->sheet_count; i++) {
        drop_sheet(table);
        if (!read_sheet(package, i, table, err))
            return false;
        table->visit(table->visit_context, table);
    }
    return true;
}

/* No body is read to see which sheet is meant. */
static bool read_chosen(struct package *package, struct table *table, struct error *err)
{
    enum { TOP_ROWS = 60 };
    size_t most_rows = table->most_rows;
    table->most_rows = TOP_ROWS;
    bool ok = read_each(package, table, err);
    table->most_rows = most_rows;
    if (!ok)
        return false;
    drop_sheet(table);
    size_t index = table->choose(table->visit_context, table);
    return index < table->sheet_count ? read_sheet(package, index, table, err)
                                      : read_first(package, table, err);
}

static bool read_wanted(struct package *package, const char *sheet, struct table *table,
                        struct error *err)
{
    size_t visible = 0;
    if (sheet)
        return read_named(package, sheet, table, err);
    for (size_t i = 0; i < table->sheet_count; i++)
        visible += !table->sheets[i].hidden;
    return table->choose && visible > 1 ? read_chosen(package, table, err)
                                        : read_first(package, table, err);
}

static bool read_package(struct package *package, const char *sheet, struct table *table,
                         struct error *err)
{
    struct xlsx_workbook *workbook = &package->workbook;
    if (!xlsx_workbook_read(package->zip, table, workbook, err))
        return false;
    if (workbook->styles &&
        !xlsx_styles_read(package->zip, workbook->styles, table->with_looks, &package->styles, err))
        return false;
    if (package->styles.looks) {
        table->styles = package->styles.looks;
        table->style_count = package->styles.count;
        package->styles.looks = NULL;
    }
    int64_t total = 0;
    for (size_t i = 0; i < workbook->count && total < ZIP_MAX_PART; i++)
        total += zip_size(package->zip, workbook->parts[i]);
    if (workbook->strings && !xlsx_strings_read(package->zip, workbook->strings,
                                                total + zip_size(package->zip, workbook->strings),
                                                table, &package->strings, err))
        return false;
    return table->visit && !table->choose ? read_each(package, table, err)
                                          : read_wanted(package, sheet, table, err);
}

bool xlsx_read(const char *path, const char *sheet, struct table *table, struct error *err)
{
    struct package package = {0};
    if (!zip_open(path, &package.zip, err))
        return false;
    bool done = read_package(&package, sheet, table, err);
    table->first_1904 = package.workbook.first_1904;
    if (done && table->image_count) {
        table->archive = package.zip;
        package.zip = NULL;
    }
    xlsx_strings_release(&package.strings);
    xlsx_styles_release(&package.styles);
    xlsx_workbook_release(&package.workbook);
    zip_close(&package.zip);
    return done;
}
