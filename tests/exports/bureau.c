#include "tests/exports/bureau.h"
#include "core/mem.h"
#include "core/registers.h"
#include "db/attachment.h"
#include "tests/exports/pictures.h"
#include "tests/exports/scratch.h"
#include "tests/problem_proofs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

void bureau_go_to(const char *now)
{
    assert_int_equal(setenv("TAIZHANG_NOW", now, 1), 0);
}

const char *bureau_path(struct bureau *bureau, const char *name)
{
    return scratch_path((void **)&bureau->folder, name);
}

int bureau_set_up(void **state)
{
    struct bureau *bureau = mem_new(1, sizeof *bureau);
    struct error err = {0};
    bureau_go_to("2026-06-15T10:42:07");
    if (scratch_make((void **)&bureau->folder) != 0)
        return -1;
    const char *path = bureau_path(bureau, "county.db");
    if (!store_create(path, NULL, &err) || !store_open(&bureau->store, path, STORE_WRITE, &err) ||
        !store_set_setting(bureau->store, "region", "441802", &err) ||
        !store_set_setting(bureau->store, "operator", "张三", &err)) {
        print_error("%s\n", err.message);
        return -1;
    }
    *state = bureau;
    return 0;
}

int bureau_tear_down(void **state)
{
    struct bureau *bureau = *state;
    unsetenv("TAIZHANG_DATA");
    store_close(&bureau->store);
    int result = scratch_remove((void **)&bureau->folder);
    free(bureau);
    return result;
}

/* ---- records ---- */

static void write_bytes(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void set_file(struct bureau *bureau, struct record *record, const char *field,
                     const char *contents)
{
    struct error err = {0};
    char name[128];
    snprintf(name, sizeof name, "%s.jpg", field);
    const char *path = bureau_path(bureau, name);
    if (strcmp(contents, BUREAU_JPEG) == 0)
        write_bytes(path, PHOTO_JPEG, sizeof PHOTO_JPEG - 1);
    else if (strcmp(contents, BUREAU_PNG) == 0)
        write_bytes(path, PHOTO_PNG, sizeof PHOTO_PNG - 1);
    else
        scratch_write(path, contents);
    if (!attachment_set_text(bureau->store, record, (size_t)reg_field_index(record->reg, field),
                             path, &err))
        fail_msg("%s: %s", field, err.message);
    assert_int_equal(unlink(path), 0);
}

static void set_pairs(struct bureau *bureau, struct record *record, const char *const *pairs)
{
    for (; *pairs; pairs += 2) {
        struct error err = {0};
        const struct field *field = reg_field_find(record->reg, pairs[0]);
        if (!field)
            fail_msg("%s has no field %s", record->reg->name, pairs[0]);
        else if (field->type == TYPE_ATTACHMENT && *pairs[1])
            set_file(bureau, record, pairs[0], pairs[1]);
        else if (!record_set_text(record, (size_t)reg_field_index(record->reg, pairs[0]), pairs[1],
                                  store_lookup(bureau->store), &err))
            fail_msg("%s: %s", pairs[0], err.message);
    }
}

static void save(struct bureau *bureau, struct record *record)
{
    struct error err = {0};
    enum store_change change;
    if (!store_save(bureau->store, record, NULL, &change, &err))
        fail_msg("%s", err.message);
}

void bureau_add(struct bureau *bureau, const struct reg *reg, const char *const *pairs,
                char id[RECORD_ID_SIZE])
{
    struct record record;
    record_init(&record, reg);
    set_pairs(bureau, &record, pairs);
    save(bureau, &record);
    memcpy(id, record.id, RECORD_ID_SIZE);
    record_release(&record);
}

void bureau_add_problem(struct bureau *bureau, const char *state, const char *const *pairs,
                        char id[RECORD_ID_SIZE])
{
    struct record record;
    size_t i = 0;
    record_init(&record, &reg_problem);
    do {
        assert_true(i < PROBLEM_STATES);
        set_pairs(bureau, &record, problem_proofs[i].fields);
    } while (strcmp(problem_proofs[i++].state, state) != 0);
    set_pairs(bureau, &record, (const char *const[]){"state", state, NULL});
    set_pairs(bureau, &record, pairs);
    save(bureau, &record);
    memcpy(id, record.id, RECORD_ID_SIZE);
    record_release(&record);
}

void bureau_change(struct bureau *bureau, const struct reg *reg, const char *id,
                   const char *const *pairs)
{
    struct record record;
    struct error err = {0};
    if (!store_get(bureau->store, reg, id, &record, &err))
        fail_msg("%s", err.message);
    set_pairs(bureau, &record, pairs);
    save(bureau, &record);
    record_release(&record);
}

/* ---- exports ---- */

bool bureau_try(struct bureau *bureau, const char *name, const struct report_options *options,
                const char *file, struct report_result *result, struct error *err)
{
    struct report report;
    if (!report_find(name, &report, err))
        return false;
    bool ok = report_write(&report, bureau->store, options, bureau_path(bureau, file), result, err);
    report_release(&report);
    return ok;
}

void bureau_export(struct bureau *bureau, const char *report, const struct report_options *options,
                   const char *file)
{
    struct report_result result;
    struct error err = {0};
    if (!bureau_try(bureau, report, options, file, &result, &err))
        fail_msg("%s", err.message);
}

void bureau_refuses(struct bureau *bureau, const char *report, const struct report_options *options,
                    enum error_code code, const char *part)
{
    struct report_result result;
    struct error err = {0};
    size_t before = scratch_count((void **)&bureau->folder);
    assert_false(bureau_try(bureau, report, options, "refused.xlsx", &result, &err));
    if (err.code != code || !strstr(err.message, part))
        fail_msg("code %d, “%s”", (int)err.code, err.message);
    assert_int_equal(scratch_count((void **)&bureau->folder), before);
}

void bureau_write_layout(struct bureau *bureau, const char *text)
{
    mkdir(bureau_path(bureau, "data"), 0700);
    mkdir(bureau_path(bureau, "data/layouts"), 0700);
    scratch_write(bureau_path(bureau, "data/layouts/own.csv"), text);
    assert_int_equal(setenv("TAIZHANG_DATA", bureau_path(bureau, "data"), 1), 0);
}

char *bureau_csv(struct bureau *bureau, const char *report, struct report_options options,
                 const char *table)
{
    options.table = table;
    bureau_export(bureau, report, &options, "table.csv");
    return scratch_read(bureau_path(bureau, "table.csv"), NULL);
}

void assert_has(const char *text, const char *part)
{
    assert_non_null(text);
    if (!strstr(text, part))
        fail_msg("no “%s” in %s", part, text);
}

void assert_lacks(const char *text, const char *part)
{
    assert_non_null(text);
    if (strstr(text, part))
        fail_msg("“%s” in %s", part, text);
}
