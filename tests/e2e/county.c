#include "county.h"

#include "core/buffer.h"
#include "core/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- the command line beside the desk ---- */

static struct buffer output;

int county_command(const char *file, const char *arguments)
{
    struct buffer line = {0};
    char block[4096];
    size_t length;
    const char *build = getenv("BUILD");
    buffer_addf(&line, "TAIZHANG_NOW=2026-06-15T10:42:07 '%s/taizhang' --db '%s' %s 2>&1",
                build ? build : "build", file, arguments);
    FILE *pipe = popen(line.text, "r");
    assert_non_null(pipe);
    buffer_clear(&output);
    while ((length = fread(block, 1, sizeof block, pipe)) > 0)
        buffer_add_bytes(&output, block, length);
    int status = pclose(pipe);
    buffer_release(&line);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

void county_assert_printed(const char *text)
{
    if (!strstr(buffer_text(&output), text))
        fail_msg("“%s” is missing in: %s", text, buffer_text(&output));
}

void county_assert_not_printed(const char *text)
{
    if (strstr(buffer_text(&output), text))
        fail_msg("“%s” should not stand in: %s", text, buffer_text(&output));
}

int county_count(const struct county *county, const char *reg, const char *where)
{
    struct buffer arguments = {0};
    int number = -1;
    buffer_addf(&arguments, "list %s", reg);
    if (where)
        buffer_addf(&arguments, " --where '%s'", where);
    assert_int_equal(county_command(county->file, arguments.text), 0);
    buffer_release(&arguments);
    const char *last = strstr(buffer_text(&output), "共 ");
    assert_non_null(last);
    assert_int_equal(sscanf(last, "共 %d", &number), 1);
    return number;
}

/* ---- setting up ---- */

/* Reference data of one city: the size of the file does not matter here, and copying it does. */
static void make_small_reference(const struct county *county)
{
    struct buffer path = {0}, line = {0};
    buffer_addf(&path, "%s/reference", county->folder);
    assert_int_equal(mkdir(path.text, 0700), 0);
    buffer_addf(&line, "sed -n -e 1p -e '/^4418/p' data/region.csv > '%s/region.csv'", path.text);
    assert_int_equal(system(line.text), 0);
    setenv("TAIZHANG_DATA", path.text, 1);
    buffer_release(&path);
    buffer_release(&line);
}

int county_make(void **state)
{
    struct county *county = mem_new(1, sizeof *county);
    const char *scratch = getenv("TMPDIR");
    snprintf(county->folder, sizeof county->folder, "%s/desk.XXXXXX", scratch ? scratch : "/tmp");
    assert_non_null(mkdtemp(county->folder));
    snprintf(county->template, sizeof county->template, "%s/demo/taizhang.db", county->folder);
    snprintf(county->file, sizeof county->file, "%s/county.db", county->folder);
    make_small_reference(county);
    struct buffer arguments = {0};
    buffer_addf(&arguments, "demo '%s/demo'", county->folder);
    if (county_command(county->template, arguments.text) != 0)
        fail_msg("demo: %s", buffer_text(&output));
    buffer_release(&arguments);
    *state = county;
    return 0;
}

int county_remove(void **state)
{
    struct county *county = *state;
    char line[600];
    snprintf(line, sizeof line, "rm -rf '%s'", county->folder);
    buffer_release(&output);
    free(county);
    return system(line);
}

int county_copy(void **state)
{
    const struct county *county = *state;
    char line[2000];
    snprintf(line, sizeof line, "rm -f '%s'*; cp '%s' '%s'", county->file, county->template,
             county->file);
    return system(line);
}

struct terminal_window *county_open(const struct county *county)
{
    return window_open(county->file, 24, 80, NULL);
}

void county_leave(struct terminal_window **window)
{
    for (int i = 0; i < 8 && !window_shows(*window, "q 退出"); i++)
        window_type(*window, "<Esc>");
    assert_false(window_is_restored(*window));
    window_type(*window, "q");
    assert_int_equal(window_wait(*window), 0);
    assert_true(window_is_restored(*window));
    window_close(window);
}
