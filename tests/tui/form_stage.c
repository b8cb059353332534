#include "form_stage.h"

#include "db/attachment.h"
#include "db/draft.h"
#include "db/query.h"
#include "tui/screens/screens.h"
#include "tests/problem_proofs.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define CHECK(call, err)                                                                           \
    do {                                                                                           \
        if (!(call))                                                                               \
            fail_msg("%s", (err).message);                                                         \
    } while (0)

static void open_desk(struct stage *stage, int rows, int columns)
{
    stage->terminal = term_memory_open(rows, columns);
    stage->desk = (struct desk){.store = stage->store};
    app_init(&stage->app, stage->terminal, &stage->desk);
    app_set_owner(&stage->app, "清远 2018 · 张");
}

static void close_desk(struct stage *stage)
{
    app_release(&stage->app);
    term_close(&stage->terminal);
    store_close(&stage->store);
}

void stage_begin(struct stage *stage, int rows, int columns)
{
    struct error err = {0};
    memset(stage, 0, sizeof *stage);
    setenv("TAIZHANG_NOW", "2026-06-15T10:42:07", 1);
    strcpy(stage->folder, "/tmp/taizhang-form-XXXXXX");
    assert_non_null(mkdtemp(stage->folder));
    buffer_addf(&stage->path, "%s/desk.db", stage->folder);
    CHECK(store_create(stage->path.text, NULL, &err), err);
    CHECK(store_open(&stage->store, stage->path.text, STORE_WRITE, &err), err);
    CHECK(store_set_setting(stage->store, "region", "441802", &err), err);
    CHECK(store_set_setting(stage->store, "operator", "张", &err), err);
    open_desk(stage, rows, columns);
}

void stage_end(struct stage *stage)
{
    struct buffer command = {0};
    close_desk(stage);
    buffer_addf(&command, "rm -rf '%s'", stage->folder);
    assert_int_equal(system(command.text), 0);
    buffer_release(&command);
    buffer_release(&stage->path);
}

void stage_restart(struct stage *stage, enum store_mode mode)
{
    struct error err = {0};
    int rows = stage->terminal->rows, columns = stage->terminal->columns;
    close_desk(stage);
    CHECK(store_open(&stage->store, stage->path.text, mode, &err), err);
    open_desk(stage, rows, columns);
}

static void show(struct stage *stage)
{
    app_draw(&stage->app);
    term_show(stage->terminal, &stage->app.grid);
}

void stage_play(struct stage *stage, const char *script)
{
    struct error err = {0};
    CHECK(term_memory_type(stage->terminal, script, &err), err);
    do {
        while (!term_memory_is_waiting(stage->terminal) && app_step(&stage->app))
            continue;
        if (stage->app.goes_on)
            term_memory_feed(stage->terminal, &(struct event){.kind = EVENT_TICK});
    } while (stage->app.goes_on);
    show(stage);
}

void stage_resize(struct stage *stage, int rows, int columns)
{
    const struct event event = {.kind = EVENT_RESIZE, .row = rows, .column = columns};
    term_memory_feed(stage->terminal, &event);
    stage_play(stage, "");
}

/* ---- what is seen ---- */

static char *screen_text(const struct stage *stage)
{
    struct buffer text = {0};
    grid_to_text(term_memory_grid(stage->terminal), &text);
    return buffer_take(&text);
}

/* The library's own messages are too short for a screen. */
static void fail_with(const char *screen, const char *text)
{
    fprintf(stderr, "The screen is:\n%s", screen);
    fprintf(stderr, "It should or should not show:\n%s\n", text);
    fail();
}

void stage_expect(const struct stage *stage, const char *text)
{
    char *screen = screen_text(stage);
    if (!strstr(screen, text))
        fail_with(screen, text);
    free(screen);
}

void stage_expect_not(const struct stage *stage, const char *text)
{
    char *screen = screen_text(stage);
    if (strstr(screen, text))
        fail_with(screen, text);
    free(screen);
}

void stage_expect_screen(const struct stage *stage, const char *screen)
{
    char *shown = screen_text(stage);
    if (strcmp(shown, screen) != 0)
        fail_with(shown, screen);
    free(shown);
}

void stage_expect_cursor(const struct stage *stage, int row, int column)
{
    const struct grid *grid = term_memory_grid(stage->terminal);
    assert_int_equal(grid->cursor_row, row);
    assert_int_equal(grid->cursor_column, column);
}

/* ---- records ---- */

void stage_open(struct stage *stage, const char *reg, const char *id, const char *parent)
{
    form_open(&stage->app, reg_find(reg), id, parent);
    show(stage);
}

void stage_add(struct stage *stage, const char *reg, const char *const *fields,
               char id[RECORD_ID_SIZE])
{
    struct record record;
    struct error err = {0};
    enum store_change change;
    record_init(&record, reg_find(reg));
    for (; *fields; fields += 2) {
        int index = reg_field_index(record.reg, fields[0]);
        assert_true(index >= 0);
        CHECK(record_set_text(&record, (size_t)index, fields[1], store_lookup(stage->store), &err),
              err);
    }
    CHECK(store_save(stage->store, &record, NULL, &change, &err), err);
    memcpy(id, record.id, sizeof record.id);
    record_release(&record);
}

/* ---- problems ---- */

static void keep_photo(struct stage *stage, const char *contents, char sha256[ATTACHMENT_HASH_SIZE])
{
    struct attachment_file kept;
    struct error err = {0};
    struct buffer path = {0};
    buffer_addf(&path, "%s/photo.jpg", stage->folder);
    FILE *file = fopen(path.text, "w");
    assert_non_null(file);
    assert_true(fputs(contents, file) >= 0);
    assert_int_equal(fclose(file), 0);
    CHECK(attachment_keep(stage->store, path.text, &kept, &err), err);
    memcpy(sha256, kept.sha256, ATTACHMENT_HASH_SIZE);
    buffer_release(&path);
}

void stage_add_problem(struct stage *stage, const char *state, const char *const *fields,
                       char id[RECORD_ID_SIZE])
{
    enum { MOST = (PROBLEM_STATES + 2) * PROOFS_MOST };
    const char *all[MOST + 1] = {"state", state};
    char photos[2][ATTACHMENT_HASH_SIZE];
    size_t count = 2, i = 0;
    keep_photo(stage, PROOF_BEFORE, photos[0]);
    keep_photo(stage, PROOF_AFTER, photos[1]);
    do {
        assert_true(i < PROBLEM_STATES);
        for (const char *const *at = problem_proofs[i].fields; *at && count < MOST; at++)
            all[count++] = strcmp(*at, PROOF_BEFORE) == 0  ? photos[0]
                           : strcmp(*at, PROOF_AFTER) == 0 ? photos[1]
                                                           : *at;
    } while (strcmp(problem_proofs[i++].state, state) != 0);
    for (; *fields && count < MOST; fields++)
        all[count++] = *fields;
    stage_add(stage, "problem", all, id);
}

void stage_expect_value(struct stage *stage, const char *reg, const char *id, const char *field,
                        const char *expected)
{
    struct record record;
    struct error err = {0};
    struct buffer text = {0};
    CHECK(store_get(stage->store, reg_find(reg), id, &record, &err), err);
    record_display(&record, field, store_lookup(stage->store), &text);
    assert_string_equal(buffer_text(&text), expected);
    buffer_release(&text);
    record_release(&record);
}

void stage_only_id(struct stage *stage, const char *reg, char id[RECORD_ID_SIZE])
{
    struct id_list list;
    struct error err = {0};
    CHECK(query_ids(stage->store, &(struct query){.reg = reg_find(reg)}, &list, &err), err);
    assert_true(list.count <= 1);
    memset(id, 0, RECORD_ID_SIZE);
    if (list.count)
        memcpy(id, list.ids[0], RECORD_ID_SIZE);
    id_list_release(&list);
}

/* ---- drafts ---- */

static void write_draft(void *context, const char *field, const char *text)
{
    buffer_addf(context, "%s=%s\n", field, text);
}

void stage_expect_drafts(struct stage *stage, const char *reg, const char *expected)
{
    struct draft *drafts;
    size_t count;
    struct buffer text = {0};
    struct error err = {0};
    CHECK(draft_list(stage->store, &drafts, &count, &err), err);
    for (size_t i = 0; i < count; i++)
        if (drafts[i].reg == reg_find(reg))
            CHECK(
                draft_each(stage->store, drafts[i].reg, drafts[i].record, write_draft, &text, &err),
                err);
    assert_string_equal(buffer_text(&text), expected);
    buffer_release(&text);
    free(drafts);
}

void stage_draft_id(struct stage *stage, char id[RECORD_ID_SIZE])
{
    struct draft *drafts;
    size_t count;
    struct error err = {0};
    CHECK(draft_list(stage->store, &drafts, &count, &err), err);
    assert_int_equal(count, 1);
    memcpy(id, drafts[0].record, RECORD_ID_SIZE);
    free(drafts);
}
