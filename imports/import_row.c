/* One row: read, decided about, written. */
#include "core/mem.h"
#include "core/text.h"
#include "imports/heading_text.h"
#include "imports/import_inside.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

/* ---- what the row says ---- */

static void give_default_region(const struct run *run, struct record *record)
{
    const char *own = run->import->region_by_default;
    struct value *region = record_value_for_change(record, "region");
    if (*own && region && value_is_null(region))
        value_set_text(region, own);
}

/* A bureau above the counties: without a county column the row is of the county in which the first
 * object lies that it names. */
static bool give_region_of_object(struct run *run, struct record *record, struct error *err)
{
    struct value *region = record_value_for_change(record, "region");
    int own = reg_field_index(record->reg, "region");
    bool ok = true;
    if (!region || run->column_of[own] >= 0)
        return true;
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk) && value_is_null(region);) {
        const struct value *id = &record->values[walk.index];
        struct record object;
        if (walk.field->type != TYPE_REF || !field_is_stored(walk.field) || value_is_null(id))
            continue;
        ok = store_get(run->store, reg_find(walk.field->target), id->text, &object, err);
        const struct value *theirs = ok ? record_value(&object, "region") : NULL;
        if (theirs)
            value_copy(region, theirs);
        record_release(&object);
        if (!ok)
            break;
        run->origins[own] = "照所涉对象的县（市、区）";
    }
    return ok;
}

/* What cell `shown` says of the record that the row refers to. */
static bool read_target_cell(struct run *run, struct record *target, size_t shown,
                             struct error *err)
{
    const struct field *field = reg_field(run->import->reg, shown);
    int source = reg_field_index(target->reg, field->source);
    return run_read_cell(run, shown, err) &&
           (record_set_text(target, (size_t)source, buffer_text(&run->reading.text),
                            store_lookup(run->store), err) ||
            error_at_field(err, field->name, err->basis));
}

/* Reads what the row says of the record that `reference` points to; `used` is the first field that
 * does, NULL when none does. */
static bool read_target(struct run *run, struct record *target, const struct field *reference,
                        const char **used, struct error *err)
{
    *used = NULL;
    for (struct field_walk walk = {.reg = run->import->reg}; reg_walk(&walk);) {
        const struct field *shown = walk.field;
        if (!shown->via || strcmp(shown->via, reference->name) != 0 || !*run_cell(run, walk.index))
            continue;
        if (!read_target_cell(run, target, walk.index, err))
            return false;
        *used = *used ? *used : shown->name;
    }
    give_default_region(run, target);
    return true;
}

static bool refuse_unknown(const struct run *run, const struct record *target, const char *field,
                           struct error *err)
{
    struct buffer name = {0};
    record_display(target, target->reg->name_field, store_lookup(run->store), &name);
    if (!name.length)
        text_add_visible(run_cell(run, (size_t)reg_field_index(run->import->reg, field)), false,
                         &name);
    error_set(err, ERROR_REFUSED, "%s中没有“%s”，请先把它登记或导入到那里", target->reg->label,
              buffer_text(&name));
    buffer_release(&name);
    return error_at_field(err, field, NULL);
}

/* Fields that belong to the record pointed to are not written, they find it: the row's name, code
 * and county lead to the enterprise that the row is about. */
static bool find_referenced(struct run *run, struct record *record, size_t reference,
                            struct error *err)
{
    const struct field *field = reg_field(record->reg, reference);
    struct record target;
    char id[RECORD_ID_SIZE] = "";
    const char *used;
    record_init(&target, reg_find(field->target));
    bool ok = read_target(run, &target, field, &used, err);
    if (ok && used) {
        ok = store_find_same(run->store, &target, id, err);
        if (ok && !*id)
            ok = refuse_unknown(run, &target, used, err);
    }
    if (ok && *id) {
        value_set_text(&record->values[reference], id);
        run->given[reference] = true;
    }
    record_release(&target);
    return ok;
}

/* What a spreadsheet may leave around the name of a file. */
#define BLANKS " \t\r\n"

/* The file that the cell names is looked for beside the list. */
static bool set_file(struct run *run, struct record *record, size_t field, const char *text,
                     struct error *err)
{
    struct buffer name = {0}, path = {0};
    struct attachment_file file = {.bytes = 0};
    size_t end = strlen(text), start = strspn(text, BLANKS);
    while (end > start && strchr(BLANKS, text[end - 1]))
        end--;
    buffer_add_bytes(&name, text + start, end - start);
    if (buffer_text(&name)[0] != '/')
        buffer_addf(&path, "%s/", run->import->folder);
    buffer_add(&path, buffer_text(&name));
    bool ok = text_is_sha256(buffer_text(&name))
                  ? attachment_set_text(run->store, record, field, name.text, err)
                  : attachment_add(run->store, record, field, path.text, &file, err);
    copies_add(run->import->copies, &file);
    buffer_release(&name);
    buffer_release(&path);
    return ok;
}

/* Whether a list may say what stands in the field. */
static bool is_told(const struct field *field)
{
    return field_is_stored(field) && !(field->flags & FIELD_VOUCHED);
}

static bool set_cell(struct run *run, struct record *record, size_t field, struct error *err)
{
    const char *text = buffer_text(&run->reading.text);
    if (!*text)
        return true;
    run->given[field] = true;
    return reg_field(record->reg, field)->type == TYPE_ATTACHMENT
               ? set_file(run, record, field, text, err)
               : record_set_text(record, field, text, store_lookup(run->store), err);
}

/* The year that the headings of all columns about `period` agree on ("2024年实际排放量"); else 0.
 */
static int find_year(const struct heading *heading, const struct reg *reg, const char *period)
{
    int found = 0;
    for (size_t i = 0; i < heading->column_count; i++) {
        const struct heading_column *column = &heading->columns[i];
        const struct field *field =
            column->match == HEADING_FIELD ? reg_field(reg, column->field) : NULL;
        int year = field && field->of_period && strcmp(field->of_period, period) == 0
                       ? heading_text_year(column->text)
                       : 0;
        if (year && found && year != found)
            return 0;
        found = year ? year : found;
    }
    return found;
}

/* Of when the value of `field` is, where only the heading says it. */
static bool give_period(struct run *run, struct record *record, const struct field *field,
                        struct error *err)
{
    const struct reg *reg = record->reg;
    const char *name = field->of_period;
    int period = name ? reg_field_index(reg, name) : -1;
    if (period < 0 || run->given[period] || run->column_of[period] >= 0 ||
        reg_field(reg, (size_t)period)->type == TYPE_DATE)
        return true;
    int year = find_year(&run->import->heading, reg, name);
    char text[16];
    snprintf(text, sizeof text, "%d", year);
    run->given[period] = year != 0;
    return !year || record_set_text(record, (size_t)period, text, store_lookup(run->store), err);
}

/* Reads the row's cells into `record`, which is new, and marks what they give. */
static bool read_cells(struct run *run, struct record *record, struct error *err)
{
    const struct heading *heading = &run->import->heading;
    memset(run->given, 0, reg_field_count(record->reg) * sizeof *run->given);
    for (size_t i = 0; i < heading->column_count; i++) {
        const struct heading_column *column = &heading->columns[i];
        if (column->match != HEADING_FIELD || run->column_of[column->field] != (int)i ||
            !is_told(reg_field(record->reg, column->field)) || !*run_cell(run, column->field))
            continue;
        if (!run_read_cell(run, column->field, err) || !set_cell(run, record, column->field, err) ||
            !give_period(run, record, reg_field(record->reg, column->field), err))
            return false;
    }
    give_default_region(run, record);
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);)
        if (walk.field->type == TYPE_REF && field_is_stored(walk.field) &&
            !run->given[walk.index] && !find_referenced(run, record, walk.index, err))
            return false;
    return give_region_of_object(run, record, err) && pictures_fill(run, record, err);
}

/* ---- a record that is there already ---- */

static char *display(const struct run *run, const struct field *field, const struct value *value)
{
    struct buffer text = {0};
    type_display(field, value, store_lookup(run->store), &text);
    buffer_add(&text, "");
    return buffer_take(&text);
}

/* Whether the row may say something of that field of a record that is there. A number that the
 * program gave is not given anew by a list; what describes a file follows it. */
static bool is_taken(const struct run *run, const struct field *field, size_t index)
{
    int file = field->describes ? reg_field_index(run->import->reg, field->describes) : -1;
    if (file >= 0 && run->given[file])
        return true;
    return field_is_stored(field) && !(field->flags & FIELD_AUTO) && run->given[index];
}

/* Brings into `after`, the stored state, what the row gives and a person has not decided against.
 */
static void merge(struct run *run, const struct record *given, struct record *after)
{
    for (struct field_walk walk = {.reg = after->reg}; reg_walk(&walk);) {
        struct value *value = &after->values[walk.index];
        if (!is_taken(run, walk.field, walk.index) ||
            value_equal(value, &given->values[walk.index]))
            continue;
        enum import_side side = choices_side(run->import, run_row_number(run), walk.index);
        if (side == IMPORT_FILL && value_is_null(value))
            side = IMPORT_TAKE;
        *result_add_change(&run->shown) =
            (struct import_change){.field = walk.index,
                                   .before = display(run, walk.field, value),
                                   .after = display(run, walk.field, &given->values[walk.index]),
                                   .side = side};
        if (side == IMPORT_TAKE)
            value_copy(value, &given->values[walk.index]);
    }
    const struct value *region = record_value(after, "region");
    if (region && value_is_null(region))
        give_default_region(run, after);
}

static bool put_as_it_is(struct run *run, struct record *record, struct error *err)
{
    static const enum import_outcome outcomes[] = {
        [STORE_SAME] = IMPORT_SAME, [STORE_NEW] = IMPORT_NEW, [STORE_CHANGED] = IMPORT_CHANGED};
    const struct store_origins origins = {.where = run->where.text, .fields = run->origins};
    enum store_change change;
    store_set_origins(run->store, &origins);
    if (!store_put(run->store, record, &change, err))
        return false;
    run->shown.outcome = outcomes[change];
    touched_add(&run->touched, record->id, run_row_number(run));
    return true;
}

/* A record that was refused for its state goes in with the one that it proves, if that is wanted.
 */
static bool put(struct run *run, struct record *record, struct error *err)
{
    struct record given;
    if (!record->reg->life || import_chosen_states(run->import) != IMPORT_STATES_PROVEN)
        return put_as_it_is(run, record, err);
    record_copy(&given, record);
    bool ok = put_as_it_is(run, record, err);
    if (!ok && err->proven) {
        record_release(record);
        record_copy(record, &given);
        states_lower(run, record, err->proven);
        ok = put_as_it_is(run, record, err);
    }
    record_release(&given);
    return ok;
}

static bool has_taken_change(const struct import_row *row)
{
    for (size_t i = 0; i < row->change_count; i++)
        if (row->changes[i].side == IMPORT_TAKE)
            return true;
    return false;
}

static bool put_existing(struct run *run, const struct record *given, const char *id,
                         struct error *err)
{
    struct record record;
    bool ok = store_get(run->store, run->import->reg, id, &record, err);
    uint32_t earlier = touched_by(&run->touched, id);
    if (ok)
        merge(run, given, &record);
    if (ok && earlier && has_taken_change(&run->shown))
        ok = error_set(err, ERROR_REFUSED,
                       "与第 %u 行是同一条记录而内容不同，请在表中合并成一行，或补上区分它们的代码",
                       earlier);
    ok = ok && put(run, &record, err) && pictures_attach(run, &record, err);
    record_release(&record);
    return ok;
}

/* ---- a new one ---- */

static void write_doubles(const struct import_row *row, struct buffer *out)
{
    for (size_t i = 0; i < row->double_count; i++) {
        const struct import_double *found = &row->doubles[i];
        buffer_addf(out, "%s“%s”", i ? "；" : "", found->name);
        if (found->row)
            buffer_addf(out, "（第 %u 行）", found->row);
        if (found->likeness == IMPORT_NEAR_BY)
            buffer_addf(out, "相距 %d 米", found->metres);
        else
            buffer_add(out, import_likeness_name(found->likeness));
    }
}

static bool refuse_double(const struct run *run, struct error *err)
{
    struct buffer names = {0};
    write_doubles(&run->shown, &names);
    error_set(err, ERROR_REFUSED,
              "可能与已有的重复：%s；请核对后决定作为新增、并入已有的，还是不导入", names.text);
    buffer_release(&names);
    return error_at_field(err, run->import->reg->name_field, NULL);
}

/* What the possible doubles of the row mean: `id` gets the record that it is merged into. */
static bool decide_doubles(struct run *run, char id[RECORD_ID_SIZE], struct error *err)
{
    enum import_doubles_choice choice = choices_doubles(run->import);
    const struct import_row *row = &run->shown;
    if (!row->double_count || row->choice == IMPORT_AS_NEW || choice == IMPORT_DOUBLES_NEW)
        return true;
    if (choice == IMPORT_DOUBLES_REFUSE || row->double_count > 1 || !row->doubles[0].id[0])
        return refuse_double(run, err);
    if (row->doubles[0].other_code)
        return true;
    memcpy(id, row->doubles[0].id, RECORD_ID_SIZE);
    return true;
}

/* ---- the row ---- */

/* The record that the row is about; "" for a new one. */
static bool find_record(struct run *run, const struct record *record, char id[RECORD_ID_SIZE],
                        struct error *err)
{
    memset(id, 0, RECORD_ID_SIZE);
    if (run->shown.choice == IMPORT_SAME_AS) {
        strncpy(id, choices_same_as(run->import, run->shown.number), RECORD_ID_SIZE - 1);
        return true;
    }
    /* A record that is found by its number has its key already. */
    return store_find_same(run->store, record, id, err) &&
           (*id || (record_check_key(record, err) && doubles_find(run, record, err) &&
                    decide_doubles(run, id, err)));
}

/* `record` is what the row says by itself. */
static bool put_row(struct run *run, struct record *record, struct error *err)
{
    char id[RECORD_ID_SIZE];
    if (!read_cells(run, record, err) || !find_record(run, record, id, err))
        return false;
    if (*id) {
        if (!put_existing(run, record, id, err))
            return false;
        memcpy(run->shown.id, id, RECORD_ID_SIZE);
        return true;
    }
    if (!put(run, record, err))
        return false;
    doubles_add(run);
    return pictures_attach(run, record, err);
}

static char *write_message(const struct run *run, const struct error *problem)
{
    const struct import_row *row = &run->shown;
    struct buffer text = {0}, kept = {0};
    if (row->outcome == IMPORT_REFUSED) {
        buffer_add(&text, problem->message);
        if (problem->proven)
            buffer_addf(&text, "；选状态“按材料登记”，可先导入为“%s”", problem->proven);
    } else {
        result_write_changes(run->import->reg, row, true, &text);
        result_write_changes(run->import->reg, row, false, &kept);
        if (kept.length)
            buffer_addf(&text, "%s保留原值（%s）", text.length ? "；" : "", kept.text);
        if (row->outcome == IMPORT_NEW && row->double_count) {
            buffer_add(&text, "可能重复：");
            write_doubles(row, &text);
        }
        for (size_t i = 0; i < row->note_count && !row->change_count && !row->double_count; i++)
            buffer_addf(&text, "%s%s", i ? "；" : "", row->notes[i].note);
    }
    buffer_add(&text, "");
    buffer_release(&kept);
    return buffer_take(&text);
}

/* Counts what became of the row and hands it to those that are shown. */
static void finish(struct run *run, const struct record *record, const struct error *problem)
{
    struct import *import = run->import;
    struct import_row *row = &run->shown;
    struct buffer name = {0};
    import->read++;
    import->counts[row->outcome]++;
    import->wants_reason += row->outcome == IMPORT_REFUSED && problem->wants_reason;
    import->unproven += row->outcome == IMPORT_REFUSED && problem->proven;
    import->lowered += row->outcome != IMPORT_REFUSED && row->is_lowered;
    import->doubles +=
        row->outcome == IMPORT_NEW && row->double_count && row->choice == IMPORT_AS_READ;
    for (size_t i = 0; i < row->note_count; i++)
        if (row->notes[i].field >= 0)
            run->origins[row->notes[i].field] = NULL;
    if (row->outcome == IMPORT_REFUSED || row->note_count || row->change_count ||
        row->double_count || row->choice != IMPORT_AS_READ) {
        run_write_name(run, record, &name);
        row->name = buffer_take(&name);
        row->field = mem_text(row->outcome == IMPORT_REFUSED ? problem->field : "");
        row->message = write_message(run, problem);
    }
    result_keep(import, row);
}

/* A row that a person left out is still shown, so that it can be taken in again. */
static void skip(struct run *run)
{
    struct import *import = run->import;
    struct import_row *row = &run->shown;
    struct buffer name = {0};
    run_write_name(run, NULL, &name);
    import->counts[IMPORT_SKIPPED]++;
    row->outcome = IMPORT_SKIPPED;
    row->name = buffer_take(&name);
    row->field = mem_text("");
    row->message = mem_text("已选择不导入");
    result_keep(import, row);
    pictures_attach(run, NULL, NULL);
}

bool row_import(struct run *run, struct error *err)
{
    struct import *import = run->import;
    const struct table_row *row = &import->table.rows[run->row];
    run->shown = (struct import_row){.number = row->number,
                                     .outcome = IMPORT_REFUSED,
                                     .choice = import_chosen_row(import, row->number)};
    if (row->hidden && choices_leaves_hidden(import)) {
        import->counts[IMPORT_SKIPPED]++;
        return true;
    }
    if (run->shown.choice == IMPORT_LEAVE_OUT) {
        skip(run);
        return true;
    }
    if (row->hidden) {
        import->hidden_rows++;
        result_add_note(&run->shown, -1, "", "隐藏行", false);
    }
    struct record record;
    struct error problem = {0};
    buffer_clear(&run->where);
    /* A reason stands in front of it, and names the list already. */
    if (!*choices_reason(import))
        buffer_addf(&run->where, "%s ", run->why.text);
    buffer_addf(&run->where, "第%u行", row->number);
    record_init(&record, import->reg);
    record_set_initial(&record, store_lookup(run->store), NULL);
    bool ok = put_row(run, &record, &problem), stop = !ok && run_must_stop(&problem);
    if (!ok && !stop) {
        run->shown.outcome = IMPORT_REFUSED;
        stop = !pictures_attach(run, NULL, &problem);
    }
    if (stop)
        *err = problem;
    else
        finish(run, &record, &problem);
    record_release(&record);
    return !stop;
}
