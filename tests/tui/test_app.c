/* The frame around a screen, the stack, messages, questions, and any size of window. */
#include "core/mem.h"
#include "tui/app.h"
#include "tui/editor.h"
#include "tui/term_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What the probe screens below did, reached through app->desk. */
struct log {
    int opened, closed, resumed, answer;
    bool stays; /* may_leave says no */
    char text[64];
};

struct probe {
    struct screen base;
    struct editor editor;
    int depth;
};

static struct screen *probe_open(int depth);

static struct log *log_of(const struct screen *screen)
{
    return screen->app->desk;
}

static void probe_title(const struct screen *screen, struct buffer *left, struct buffer *right)
{
    const struct probe *self = (const struct probe *)screen;
    buffer_addf(left, "第 %d 屏", self->depth);
    if (self->depth == 2)
        buffer_add(right, "9 家 · 显示 3");
}

static void probe_draw(struct screen *screen, struct grid *body)
{
    struct probe *self = (struct probe *)screen;
    grid_text(body, 0, 0, body->columns, STYLE_PLAIN, "首行");
    grid_text(body, body->rows - 1, 0, body->columns, STYLE_PLAIN, "末行");
    struct grid field = grid_part(body, 1, 2, 1, 10);
    editor_draw(&self->editor, &field, STYLE_FIELD, true);
}

static bool probe_input(struct screen *screen, const struct event *event)
{
    struct probe *self = (struct probe *)screen;
    bool used = editor_input(&self->editor, event) != EDITOR_IGNORED;
    strncpy(log_of(screen)->text, editor_text(&self->editor), sizeof log_of(screen)->text - 1);
    return used;
}

static bool probe_is_typing(const struct screen *screen)
{
    return ((const struct probe *)screen)->depth == 2;
}

static void probe_resume(struct screen *screen)
{
    log_of(screen)->resumed++;
}

static bool probe_may_leave(struct screen *screen)
{
    return !log_of(screen)->stays;
}

static void probe_close(struct screen *screen)
{
    struct probe *self = (struct probe *)screen;
    log_of(screen)->closed++;
    editor_release(&self->editor);
    free(self);
}

static void go_in(struct screen *screen, int key)
{
    (void)key;
    app_push(screen->app, probe_open(((struct probe *)screen)->depth + 1));
    log_of(screen)->opened++;
}

static void ask(struct screen *screen, int key)
{
    (void)key;
    static const char *const answers[] = {"不删除", "删除", "以后再说", NULL};
    log_of(screen)->answer = app_ask(screen->app, "要删除 示例锌业 吗？", answers);
}

static void say(struct screen *screen, int key)
{
    (void)key;
    struct error err = {0};
    error_set(&err, ERROR_REFUSED, "涉铊企业 示例锌业 的“原料铊含量”要填数字，请改成如 38.5。");
    error_at_field(&err, "thallium_max", "桂 四（三）");
    app_error(screen->app, &err);
}

static void say_done(struct screen *screen, int key)
{
    (void)key;
    app_message(screen->app, MESSAGE_DONE, "已保存 %s。", "10:42:07");
}

static struct screen *probe_open(int depth)
{
    static const struct action actions[] = {
        {.key = K_ENTER, .name = "进入", .help = "进入下一屏。", .run = go_in},
        {.key = 'd', .name = "删除", .help = "删除，先问一次。", .run = ask},
        {.key = 'm', .help = "说一句话。", .run = say},
        {.key = K_F(2), .name = "保存", .help = "保存。", .run = say_done},
        {0},
    };
    static const struct screen_class class = {
        .name = "试验",
        .about = "一块用来试验的屏幕。",
        .actions = actions,
        .title = probe_title,
        .draw = probe_draw,
        .input = probe_input,
        .is_typing = probe_is_typing,
        .resume = probe_resume,
        .may_leave = probe_may_leave,
        .close = probe_close,
    };
    struct probe *self = mem_new(1, sizeof *self);
    self->base.class = &class;
    self->depth = depth;
    editor_init(&self->editor, "", 0, false);
    return &self->base;
}

struct stage {
    struct terminal *terminal;
    struct app app;
    struct log log;
};

static void begin(struct stage *stage, int rows, int columns)
{
    memset(stage, 0, sizeof *stage);
    stage->log.answer = -1;
    stage->terminal = term_memory_open(rows, columns);
    app_init(&stage->app, stage->terminal, &stage->log);
    app_set_owner(&stage->app, "云南 2022 · 张");
    app_push(&stage->app, probe_open(1));
}

static void end(struct stage *stage)
{
    app_release(&stage->app);
    term_close(&stage->terminal);
    assert_null(stage->terminal);
}

/* Feeds a script and handles all of it; the last screen is drawn. */
static void play(struct stage *stage, const char *script)
{
    struct error err = {0};
    if (!term_memory_type(stage->terminal, script, &err))
        fail_msg("%s", err.message);
    while (!term_memory_is_waiting(stage->terminal) && app_step(&stage->app))
        continue;
    app_draw(&stage->app);
    term_show(stage->terminal, &stage->app.grid);
}

static void expect_screen(const struct stage *stage, const char *expected)
{
    struct buffer text = {0};
    grid_to_text(term_memory_grid(stage->terminal), &text);
    assert_string_equal(buffer_text(&text), expected);
    buffer_release(&text);
}

static void test_frame(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 10, 50);
    play(&stage, "x铊");
    expect_screen(&stage, " 第 1 屏                           云南 2022 · 张\n"
                          "──────────────────────────────────────────────────\n"
                          "首行\n"
                          "  x铊\n"
                          "\n"
                          "\n"
                          "\n"
                          "末行\n"
                          "──────────────────────────────────────────────────\n"
                          " Enter 进入  d 删除  F2 保存  Esc 返回  F1 帮助\n");
    const struct grid *grid = term_memory_grid(stage.terminal);
    assert_int_equal(grid->cursor_row, 3);
    assert_int_equal(grid->cursor_column, 5);
    end(&stage);
    assert_int_equal(stage.log.closed, 1);
}

static void test_stack(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    play(&stage, "<Enter><Enter>");
    assert_int_equal(stage.app.count, 3);
    play(&stage, "<Esc>");
    assert_int_equal(stage.app.count, 2);
    assert_int_equal(stage.log.resumed, 1);
    assert_true(term_memory_saw(stage.terminal, "9 家 · 显示 3"));
    play(&stage, "dm1");
    assert_string_equal(stage.log.text, "dm1");
    assert_int_equal(stage.log.answer, -1);
    stage.log.stays = true;
    play(&stage, "<Esc>");
    assert_int_equal(stage.app.count, 2);
    stage.log.stays = false;
    play(&stage, "<Esc><Esc>");
    assert_int_equal(stage.app.count, 0);
    assert_false(stage.app.ended);
    end(&stage);
    assert_int_equal(stage.log.closed, 3);
}

static void test_messages(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 12, 50);
    play(&stage, "<F2>");
    expect_screen(&stage, " 第 1 屏                           云南 2022 · 张\n"
                          "──────────────────────────────────────────────────\n"
                          "首行\n\n\n\n\n\n\n末行\n"
                          " ✓ 已保存 10:42:07。\n"
                          " Enter 进入  d 删除  F2 保存  Esc 返回  F1 帮助\n");
    play(&stage, "m");
    expect_screen(&stage, " 第 1 屏                           云南 2022 · 张\n"
                          "──────────────────────────────────────────────────\n"
                          "首行\n\n\n\n\n\n末行\n"
                          " ! 涉铊企业 示例锌业 的“原料铊含量”要填数字，请改\n"
                          " 成如 38.5。依据：桂 四（三）\n"
                          " Enter 进入  d 删除  F2 保存  Esc 返回  F1 帮助\n");
    end(&stage);
}

static void test_message_goes_with_the_next_key(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 12, 60);
    play(&stage, "m");
    assert_true(term_memory_saw(stage.terminal, "要填数字"));
    term_memory_feed(stage.terminal, &(struct event){.kind = EVENT_TICK});
    term_memory_forget(stage.terminal);
    play(&stage, "");
    assert_true(term_memory_saw(stage.terminal, "要填数字"));
    play(&stage, "x");
    term_memory_forget(stage.terminal);
    play(&stage, "y");
    assert_false(term_memory_saw(stage.terminal, "要填数字"));
    end(&stage);
}

static void test_question_is_harmless_by_default(void **state)
{
    (void)state;
    static const struct {
        const char *script;
        int answer;
    } cases[] = {{"d<Enter>", 0},     {"d<Esc>", 0},       {"d<Down><Enter>", 1},
                 {"d2", 1},           {"d<Up><Enter>", 2}, {"d9x<Enter>", 0},
                 {"d<Down><Esc>", 0}, {"d3", 2},           {"d<Down><Down><Down><Enter>", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct stage stage;
        begin(&stage, 24, 80);
        play(&stage, cases[i].script);
        assert_int_equal(stage.log.answer, cases[i].answer);
        assert_true(term_memory_saw(stage.terminal, "│ 要删除 示例锌业 吗？"));
        assert_true(term_memory_saw(stage.terminal, " 1 不删除"));
        assert_true(term_memory_saw(stage.terminal, "1-3 直接选  Esc 选 1"));
        end(&stage);
    }
    struct stage stage;
    begin(&stage, 24, 80);
    play(&stage, "d<Down>"); /* and then the terminal is gone */
    assert_int_equal(stage.log.answer, 0);
    assert_true(stage.app.ended);
    end(&stage);
}

static void test_help(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    play(&stage, "<F1>");
    assert_true(term_memory_saw(stage.terminal, "帮助 · 试验"));
    assert_true(term_memory_saw(stage.terminal, "一块用来试验的屏幕。"));
    assert_true(term_memory_saw(stage.terminal, "d           删除        删除，先问一次。"));
    assert_true(term_memory_saw(stage.terminal, "Esc         返回        回到上一屏。"));
    assert_int_equal(stage.app.count, 2);
    play(&stage, "<F1>");
    assert_int_equal(stage.app.count, 1);
    term_memory_feed(stage.terminal,
                     &(struct event){.kind = EVENT_RESIZE, .row = 10, .column = 60});
    play(&stage, "<F1>");
    term_memory_forget(stage.terminal);
    play(&stage, "<PgDn><PgDn><PgDn><PgDn><PgDn>");
    assert_true(term_memory_saw(stage.terminal, "用鼠标选取"));
    term_memory_forget(stage.terminal);
    play(&stage, "<PgUp><PgUp><PgUp><PgUp><PgUp>");
    assert_true(term_memory_saw(stage.terminal, "一块用来试验的屏幕。"));
    end(&stage);
}

static void test_any_size(void **state)
{
    (void)state;
    static const char *const scripts[] = {"", "m", "d<Down><Enter>", "<F1><PgDn>", "<Enter>铊<F2>"};
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        struct stage stage;
        begin(&stage, 24, 80);
        for (int rows = 1; rows <= 24; rows++)
            for (int columns = 1; columns <= 90; columns += 7) {
                term_memory_feed(
                    stage.terminal,
                    &(struct event){.kind = EVENT_RESIZE, .row = rows, .column = columns});
                play(&stage, scripts[i]);
                assert_int_equal(term_memory_grid(stage.terminal)->rows, rows);
                assert_int_equal(term_memory_grid(stage.terminal)->columns, columns);
            }
        assert_true(term_memory_saw(stage.terminal, "窗口太小"));
        end(&stage);
    }
}

static void test_no_key_acts_unseen(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    play(&stage, "ab");
    struct event event = {.kind = EVENT_RESIZE, .row = 9, .column = 80};
    term_memory_feed(stage.terminal, &event);
    play(&stage, "x<Esc>d2");
    assert_int_equal(stage.app.count, 1);
    assert_int_equal(stage.log.answer, -1);
    event.row = 10;
    term_memory_feed(stage.terminal, &event);
    play(&stage, "c");
    assert_string_equal(stage.log.text, "abc");
    end(&stage);
}

static void test_end_closes_all(void **state)
{
    (void)state;
    struct stage stage;
    begin(&stage, 24, 80);
    play(&stage, "<Enter><Enter>");
    app_run(&stage.app); /* the memory terminal has no more events */
    assert_true(stage.app.ended);
    assert_int_equal(stage.log.closed, 0);
    end(&stage);
    assert_int_equal(stage.log.closed, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frame),
        cmocka_unit_test(test_stack),
        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_message_goes_with_the_next_key),
        cmocka_unit_test(test_question_is_harmless_by_default),
        cmocka_unit_test(test_help),
        cmocka_unit_test(test_any_size),
        cmocka_unit_test(test_no_key_acts_unseen),
        cmocka_unit_test(test_end_closes_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
