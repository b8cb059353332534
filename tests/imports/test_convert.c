#include "fixture.h"

#include "core/buffer.h"
#include "imports/convert.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A folder of programs that stand for LibreOffice, one for temporary files; the program that tests
 * write there finds the one by PATH and the other by TMPDIR. */
struct stage {
    struct fixture *fixture;
    char programs[96], temporary[96];
};

static void set_up(struct stage *stage, void **state)
{
    stage->fixture = *state;
    snprintf(stage->programs, sizeof stage->programs, "%s/bin", stage->fixture->folder);
    snprintf(stage->temporary, sizeof stage->temporary, "%s/临 时", stage->fixture->folder);
    assert_int_equal(mkdir(stage->programs, 0700), 0);
    assert_int_equal(mkdir(stage->temporary, 0700), 0);
    setenv("PATH", stage->programs, 1);
    setenv("TMPDIR", stage->temporary, 1);
}

static void tear_down(struct stage *stage)
{
    convert_remove(stage->programs);
    convert_remove(stage->temporary);
}

/* `script` is what the program does; $out is the folder in which the result is expected. */
static void install(struct stage *stage, const char *script)
{
    char path[128];
    snprintf(path, sizeof path, "%s/soffice", stage->programs);
    unlink(path);
    FILE *file = fopen(path, "w");
    fprintf(file,
            "#!/bin/sh\nPATH=/usr/bin:/bin\nfor a; do case $a in out|list.*) out=out;; esac; done\n"
            "mkdir -p profile out\n%s\n",
            script);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0700), 0);
}

static void write_old_file(struct stage *stage)
{
    static const char bytes[2048] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    fixture_write(stage->fixture, "名 单.xls", bytes, sizeof bytes);
}

static void expect_nothing_left(const struct stage *stage)
{
    DIR *folder = opendir(stage->temporary);
    for (struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            fail_msg("%s was left behind", entry->d_name);
    closedir(folder);
}

static void refuse(struct stage *stage, const char *words)
{
    write_old_file(stage);
    fixture_refuse(stage->fixture, NULL, ERROR_FORMAT, words);
    expect_nothing_left(stage);
}

static void test_without_libreoffice(void **state)
{
    struct stage stage;
    set_up(&stage, state);
    assert_false(convert_is_available());
    refuse(&stage, "旧版表格格式（.xls、.et），请用 WPS 表格");
    struct buffer folder = {0}, xlsx = {0};
    struct convert convert = {.path = stage.fixture->path, .ending = "xls", .seconds = 1};
    assert_false(convert_to_xlsx(&convert, &folder, &xlsx, &stage.fixture->err));
    assert_int_equal(stage.fixture->err.code, ERROR_MISSING);
    buffer_release(&folder);
    buffer_release(&xlsx);
    tear_down(&stage);
}

/* Neither a folder nor a text is a program, and PATH may name nothing at all. */
static void test_no_program(void **state)
{
    struct stage stage;
    char path[128];
    set_up(&stage, state);
    install(&stage, "");
    assert_true(convert_is_available());
    snprintf(path, sizeof path, "%s/soffice", stage.programs);
    assert_int_equal(chmod(path, 0600), 0);
    assert_false(convert_is_available());
    unlink(path);
    mkdir(path, 0700);
    assert_false(convert_is_available());
    rmdir(path);
    setenv("PATH", "::relative:.:", 1);
    assert_false(convert_is_available());
    unsetenv("PATH");
    assert_false(convert_is_available());
    tear_down(&stage);
}

static void test_converted(void **state)
{
    struct stage stage;
    char script[300];
    set_up(&stage, state);
    fixture_write_rows(stage.fixture, "<row><c><v>1</v></c></row>");
    snprintf(script, sizeof script, "cmp list.xls \"%s/名 单.xls\" && cp \"%s\" out/list.xlsx",
             stage.fixture->folder, stage.fixture->path);
    install(&stage, script);
    write_old_file(&stage);
    fixture_expect(stage.fixture, NULL, "1");
    assert_true(stage.fixture->table.is_converted);
    expect_nothing_left(&stage);
    fixture_write_rows(stage.fixture, "<row><c><v>2</v></c></row>");
    fixture_expect(stage.fixture, NULL, "2");
    assert_false(stage.fixture->table.is_converted);
    tear_down(&stage);
}

static void test_converted_once(void **state)
{
    struct stage stage;
    struct conversion conversion = {.folder = {0}};
    char script[400], once[128];
    set_up(&stage, state);
    snprintf(once, sizeof once, "%s/once", stage.fixture->folder);
    fixture_write_rows(stage.fixture, "<row><c><v>1</v></c></row>");
    snprintf(script, sizeof script, "mkdir \"%s\" && cp \"%s\" out/list.xlsx", once,
             stage.fixture->path);
    install(&stage, script);
    write_old_file(&stage);
    for (int i = 0; i < 2; i++) {
        struct table table = {.conversion = &conversion};
        if (!table_read(stage.fixture->path, NULL, &table, &stage.fixture->err))
            fail_msg("%s", stage.fixture->err.message);
        assert_true(table.is_converted);
        assert_string_equal(table_cell(&table, 0, 0), "1");
        table_release(&table);
    }
    conversion_release(&conversion);
    expect_nothing_left(&stage);
    rmdir(once);
    tear_down(&stage);
}

/* It is told what it needs, and gets neither our open files nor our terminal. */
static void test_how_it_is_run(void **state)
{
    struct stage stage;
    set_up(&stage, state);
    char log[128], script[400], text[2000] = "";
    snprintf(log, sizeof log, "%s/log", stage.fixture->folder);
    snprintf(script, sizeof script,
             "{ echo \"$@\"; [ -e /proc/self/fd/9 ] && echo open; [ -t 0 ] && echo terminal; "
             "wc -c; } >%s 2>&1",
             log);
    install(&stage, script);
    FILE *leak = fopen(log, "w");
    assert_int_equal(dup2(fileno(leak), 9), 9);
    refuse(&stage, "LibreOffice 打不开这个文件");
    close(9);
    fclose(leak);
    FILE *file = fopen(log, "r");
    assert_true(fread(text, 1, sizeof text - 1, file) > 0);
    fclose(file);
    unlink(log);
    assert_non_null(strstr(text, "--headless"));
    assert_non_null(strstr(text, "/%E4%B8%B4%20%E6%97%B6/taizhang-convert-"));
    assert_non_null(strstr(text, "/profile"));
    assert_non_null(strstr(text, "list.xls"));
    assert_null(strstr(text, "名 单"));
    assert_non_null(strstr(text, "\n0\n")); /* an empty standard input */
    assert_null(strstr(text, "open"));
    assert_null(strstr(text, "terminal"));
    tear_down(&stage);
}

static void test_failures(void **state)
{
    struct stage stage;
    set_up(&stage, state);
    install(&stage, "echo half >out/list.xlsx; exit 1");
    refuse(&stage, "LibreOffice 没能转换这个文件");
    install(&stage, "kill -9 $$");
    refuse(&stage, "LibreOffice 没能转换这个文件");
    install(&stage, "exit 0");
    refuse(&stage, "LibreOffice 打不开这个文件");
    install(&stage, "ln -s /etc/passwd out/list.xlsx");
    refuse(&stage, "LibreOffice 打不开这个文件");
    install(&stage, "mkdir out/list.xlsx");
    refuse(&stage, "LibreOffice 打不开这个文件");
    install(&stage, "echo no workbook >out/list.xlsx");
    refuse(&stage, "文件已损坏");
    setenv("TMPDIR", "/nonexistent", 1);
    write_old_file(&stage);
    fixture_refuse(stage.fixture, NULL, ERROR_IO, "无法建立临时文件");
    tear_down(&stage);
}

/* Starts a conversion that never ends by itself; `pids` gets the processes that belong to it. */
static void install_endless(struct stage *stage)
{
    char script[300];
    snprintf(script, sizeof script,
             "sleep 1000 & echo $$ $! >%s/pids; trap '' TERM; wait; sleep 1000",
             stage->fixture->folder);
    install(stage, script);
    write_old_file(stage);
}

/* A zombie has ended, though its number is still there. */
static bool is_running(int process)
{
    char path[64], state = 'Z';
    snprintf(path, sizeof path, "/proc/%d/stat", process);
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    if (fscanf(file, "%*d %*s %c", &state) != 1)
        state = 'Z';
    fclose(file);
    return state != 'Z';
}

static void expect_all_ended(struct stage *stage)
{
    char path[128];
    int program = 0, child = 0;
    snprintf(path, sizeof path, "%s/pids", stage->fixture->folder);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%d %d", &program, &child), 2);
    fclose(file);
    unlink(path);
    for (int waited = 0; waited < 100 && (is_running(program) || is_running(child)); waited++)
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    assert_false(is_running(program));
    assert_false(is_running(child));
    expect_nothing_left(stage);
}

static void test_timeout(void **state)
{
    struct stage stage;
    struct buffer folder = {0}, xlsx = {0};
    set_up(&stage, state);
    install_endless(&stage);
    struct convert convert = {.path = stage.fixture->path, .ending = "xls", .seconds = 1};
    assert_false(convert_to_xlsx(&convert, &folder, &xlsx, &stage.fixture->err));
    assert_int_equal(stage.fixture->err.code, ERROR_FORMAT);
    assert_non_null(strstr(stage.fixture->err.message, "LibreOffice 在 1 秒内没有转换完"));
    expect_all_ended(&stage);
    buffer_release(&folder);
    buffer_release(&xlsx);
    tear_down(&stage);
}

static bool stop_when_started(void *context, int64_t done, int64_t total)
{
    char path[128];
    struct stat status;
    struct stage *stage = context;
    (void)done, (void)total;
    snprintf(path, sizeof path, "%s/pids", stage->fixture->folder);
    return stat(path, &status) != 0 || status.st_size == 0;
}

static void test_cancel(void **state)
{
    struct stage stage;
    set_up(&stage, state);
    install_endless(&stage);
    stage.fixture->table =
        (struct table){.progress = stop_when_started, .progress_context = &stage};
    fixture_refuse(stage.fixture, NULL, ERROR_CANCELLED, "没有写入任何内容");
    expect_all_ended(&stage);
    tear_down(&stage);
}

/* A person who ends the program ends LibreOffice with it. */
static void test_signal(void **state)
{
    struct stage stage;
    set_up(&stage, state);
    install_endless(&stage);
    pid_t child = fork();
    if (child == 0) {
        struct table table = {0};
        table_read(stage.fixture->path, NULL, &table, &stage.fixture->err);
        _exit(1);
    }
    while (stop_when_started(&stage, 0, 0))
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    int status;
    assert_int_equal(kill(child, SIGINT), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
    expect_all_ended(&stage);
    tear_down(&stage);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(without_libreoffice),
        TEST(no_program),
        TEST(converted),
        TEST(converted_once),
        TEST(how_it_is_run),
        TEST(failures),
        TEST(timeout),
        TEST(cancel),
        TEST(signal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
