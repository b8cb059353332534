/* The form of a field inspection: what is known of the object, the questions with their answers or
 * to be answered by hand, the samples, and former results. */
#include "core/mem.h"
#include "core/registers.h"
#include "core/registers/checklist.h"
#include "core/registers/shared.h"
#include "db/inspection.h"
#include "exports/layout.h"
#include "exports/reports/reports.h"

#include <stdlib.h>
#include <string.h>

#define LAYOUT "layouts/inspection.csv"

enum { TABLES = 3, PAIRS = 2, CELLS = 2 * PAIRS, MOST_FORMER = 12 };

struct form {
    struct run run;
    struct layout layout;
    struct inspection inspection;
    struct inspection_object object; /* no reg: it stands in no list */
    struct buffer left, right;       /* above the tables */
};

/* ---- what is printed ---- */

/* A name may stand in several lists: it must mean one object. */
static bool find_object(struct store *store, const char *text, struct inspection_object *object,
                        struct error *err)
{
    size_t found = 0;
    *object = (struct inspection_object){.reg = NULL};
    for (size_t i = 0; i < OBJECT_FIELD_COUNT; i++) {
        const struct reg *reg = object_fields[i].target ? reg_find(object_fields[i].target) : NULL;
        struct record record;
        if (!reg)
            continue;
        if (store_find(store, reg, text, &record, NULL) && !record.deleted) {
            *object = (struct inspection_object){.reg = reg, .field = &object_fields[i]};
            memcpy(object->id, record.id, sizeof object->id);
            found++;
        }
        record_release(&record);
    }
    if (found == 1)
        return true;
    return error_set(err, ERROR_MISSING,
                     found ? "“%s”在几张清单里都有，请写档案编号"
                           : "各张清单里没有“%s”，请写对象的档案编号或全名",
                     text);
}

static bool read_blank(struct form *form, const char *text, struct error *err)
{
    if (!find_object(form->run.store, text, &form->object, err))
        return false;
    const char *list = checklist_for(form->object.reg, 0);
    return inspection_prepare(&form->inspection, form->run.store, &form->object,
                              list ? list : checklist_choices[0], err);
}

static bool read_stored(struct form *form, const char *text, struct error *err)
{
    struct record record;
    bool ok = store_find(form->run.store, &reg_inspection, text, &record, err) &&
              inspection_load(&form->inspection, form->run.store, record.id, err);
    record_release(&record);
    if (ok)
        inspection_object_of(&form->inspection.record, &form->object);
    return ok;
}

static bool read_form(struct form *form, struct error *err)
{
    const struct report_options *options = form->run.options;
    return options->choices[REPORT_INSPECTION]
               ? read_stored(form, options->choices[REPORT_INSPECTION], err)
               : read_blank(form, options->choices[REPORT_OBJECT], err);
}

static void write_heads(struct form *form)
{
    const struct record *record = &form->inspection.record;
    const struct lookup *lookup = form->run.context.lookup;
    buffer_add(&form->left, "检查对象：");
    for (size_t i = 0; i < OBJECT_FIELD_COUNT; i++)
        record_display(record, object_fields[i].name, lookup, &form->left);
    if (!record->version) {
        buffer_add(&form->right, "检查日期：　　　　年　　月　　日");
        return;
    }
    buffer_add(&form->left, "　　检查编号：");
    record_format(record, "case_no", &form->left);
    buffer_add(&form->right, "检查日期：");
    record_format(record, "inspected_on", &form->right);
}

/* ---- the first page ---- */

static struct layout_sheet *find_sheet(struct form *form, const struct reg *reg)
{
    for (size_t i = 0; i < form->layout.sheet_count; i++)
        if (form->layout.sheets[i].listing.reg == reg)
            return &form->layout.sheets[i];
    return NULL;
}

/* A label and what is filled in, as a person reads it; an empty pair where there is no column. */
static void put_pair(struct form *form, const struct column *column, const struct record *record)
{
    struct buffer label = {0}, text = {0};
    if (column && column->field) {
        buffer_add(&label, column->sink.label);
        if (column->sink.unit)
            buffer_addf(&label, "（%s）", column->sink.unit);
        record_display(record, column->field->name, form->run.context.lookup, &text);
    }
    sink_styled(form->run.sink, SINK_STYLE_LABEL, 1, buffer_text(&label));
    sink_styled(form->run.sink, SINK_STYLE_CELL, 1, buffer_text(&text));
    buffer_release(&label);
    buffer_release(&text);
}

static bool put_record(struct form *form, const char *title, const struct record *record,
                       struct error *err)
{
    struct sink *sink = form->run.sink;
    const struct layout_sheet *sheet = find_sheet(form, record->reg);
    size_t count = sheet ? sheet->listing.column_count : 0;
    if (!count)
        return true;
    sink_begin_row(sink);
    sink_styled(sink, SINK_STYLE_SUBTITLE, CELLS, title);
    bool ok = sink_end_row(sink, err);
    for (size_t i = 0; ok && i < count; i += PAIRS) {
        const struct column *columns = sheet->listing.columns;
        sink_begin_row(sink);
        for (size_t j = i; j < i + PAIRS; j++)
            put_pair(form, j < count ? &columns[j] : NULL, record);
        ok = sink_end_row(sink, err);
    }
    return ok;
}

/* The object, then the profiles of it. */
static bool put_object(struct form *form, struct error *err)
{
    struct record record;
    if (!form->object.reg)
        return true;
    bool ok = store_get(form->run.store, form->object.reg, form->object.id, &record, err) &&
              put_record(form, "检查对象", &record, err);
    record_release(&record);
    for (size_t i = 0; ok && i < register_count; i++) {
        const struct reg *profile = registers[i];
        struct buffer where = {0};
        struct id_list ids = {0};
        if (reg_subject(profile) != form->object.reg || !find_sheet(form, profile))
            continue;
        buffer_addf(&where, "%s=\"%s\"", profile->name_field, form->object.id);
        ok = query_ids(form->run.store, &(struct query){.reg = profile, .where = where.text}, &ids,
                       err);
        for (size_t j = 0; ok && j < ids.count; j++) {
            ok = store_get(form->run.store, profile, ids.ids[j], &record, err) &&
                 put_record(form, profile->label, &record, err);
            record_release(&record);
        }
        id_list_release(&ids);
        buffer_release(&where);
    }
    return ok;
}

/* A blank form is begun by whoever prints it: day and persons are left to be written. */
static bool put_visit(struct form *form, struct error *err)
{
    static const char *const by_hand[] = {"inspected_on", "inspectors"};
    struct record record;
    record_copy(&record, &form->inspection.record);
    for (size_t i = 0; !record.version && i < COUNT_OF(by_hand); i++)
        value_release(record_value_for_change(&record, by_hand[i]));
    bool ok = put_record(form, "本次检查", &record, err);
    record_release(&record);
    return ok;
}

static bool write_page(struct form *form, struct error *err)
{
    static const int widths[CELLS] = {20, 34, 20, 34};
    static const struct sink_page page = {
        .name = "基本情况", .widths = widths, .column_count = CELLS, .landscape = true};
    struct sink *sink = form->run.sink;
    sink_begin_page(sink, &page);
    form->run.result->tables++;
    sink_begin_row(sink);
    sink_styled(sink, SINK_STYLE_TITLE, CELLS,
                form->layout.cover ? form->layout.cover : "现场检查记录");
    return sink_end_row(sink, err) && put_visit(form, err) && put_object(form, err);
}

/* ---- the tables ---- */

static bool write_sheet(struct form *form, const struct layout_sheet *like, const char *name,
                        const char *title, struct listing listing, struct error *err)
{
    struct layout_sheet sheet = *like;
    sheet.name = name ? name : like->name;
    sheet.title = title ? title : like->title;
    sheet.left = buffer_text(&form->left);
    sheet.right = buffer_text(&form->right);
    listing.reg = like->listing.reg;
    listing.columns = like->listing.columns;
    listing.column_count = like->listing.column_count;
    sheet.listing = listing;
    return layout_write_sheet(&sheet, &form->run, err);
}

static bool write_samples(struct form *form, const struct layout_sheet *sheet, struct error *err)
{
    const struct record *record = &form->inspection.record;
    struct buffer where = {0};
    buffer_addf(&where, "inspection=\"%s\"", record->id);
    const struct listing none = {.records = record}, some = {.where = where.text};
    bool ok = write_sheet(form, sheet, NULL, NULL, record->version ? some : none, err);
    buffer_release(&where);
    return ok;
}

/* The newest results of the object that are not of this inspection. */
static bool find_former(struct form *form, struct id_list *ids, struct error *err)
{
    struct buffer where = {0};
    if (!form->object.reg)
        return true;
    buffer_addf(&where, "%s=\"%s\"", form->object.field->name, form->object.id);
    if (form->inspection.record.version)
        buffer_addf(&where, " inspection!=\"%s\"", form->inspection.record.id);
    bool ok = query_ids(form->run.store, &(struct query){.reg = &reg_sample, .where = where.text},
                        ids, err);
    if (ids->count > MOST_FORMER)
        ids->count = MOST_FORMER;
    buffer_release(&where);
    return ok;
}

static bool write_former(struct form *form, const struct layout_sheet *sheet, struct error *err)
{
    struct id_list ids = {0};
    struct layout_sheet former = *sheet;
    former.signatures.count = 0;
    former.empty = "以往没有监测结果";
    const struct listing none = {.records = &form->inspection.record}, some = {.only = &ids};
    bool ok = find_former(form, &ids, err) &&
              write_sheet(form, &former, "以往监测", "检查对象最近的监测结果",
                          ids.count ? some : none, err);
    id_list_release(&ids);
    return ok;
}

static bool write_tables(struct form *form, struct error *err)
{
    const struct layout_sheet *items = find_sheet(form, &reg_inspection_item);
    const struct layout_sheet *samples = find_sheet(form, &reg_sample);
    if (!items || !samples)
        return error_set(err, ERROR_FORMAT,
                         "版式文件 " LAYOUT " 里要有清单 inspection_item 和 sample 的表，请补上");
    const struct listing questions = {.records = form->inspection.items,
                                      .record_count = form->inspection.count};
    return write_sheet(form, items, NULL, NULL, questions, err) &&
           write_samples(form, samples, err) && write_former(form, samples, err);
}

static bool count_tables(size_t *count, struct error *err)
{
    (void)err;
    *count = TABLES;
    return true;
}

static bool write(const struct report *report, struct store *store,
                  const struct report_options *options, struct sink *sink,
                  struct report_result *result, struct error *err)
{
    (void)report;
    struct form form = {.inspection = {.items = NULL}};
    run_init(&form.run, store, options, sink, result);
    bool ok = layout_read(&form.layout, LAYOUT, err) && read_form(&form, err);
    if (ok) {
        write_heads(&form);
        ok = write_page(&form, err) && write_tables(&form, err);
    }
    if (form.inspection.record.reg)
        inspection_release(&form.inspection);
    layout_release(&form.layout);
    buffer_release(&form.left);
    buffer_release(&form.right);
    return ok;
}

const struct report report_inspection_form = {
    .name = "inspection-form",
    .label = "现场检查表",
    .help = "一次现场检查的记录：对象的情况、逐项结果、采样和以往监测；没有检查的印空白的。",
    .count_tables = count_tables,
    .write = write,
    .needs = REPORT_BIT(REPORT_INSPECTION) | REPORT_BIT(REPORT_OBJECT),
};
