/* Feeds every file of tests/fuzz/corpus to the readers, as the fuzzer does that found some of them.
 */
#include "tests/fuzz/readers.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static const char folder[] = "tests/fuzz/corpus";

/* Returns the seconds that one file takes. */
static double replay(const char *name)
{
    enum { MOST = 1 << 20 };
    char path[400];
    uint8_t *bytes = malloc(MOST);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(bytes, 1, MOST, file);
    assert_int_equal(fclose(file), 0);
    clock_t start = clock();
    assert_int_equal(LLVMFuzzerTestOneInput(bytes, length), 0);
    free(bytes);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void test_corpus(void **state)
{
    (void)state;
    int files = 0;
    DIR *entries = opendir(folder);
    if (!entries)
        fail_msg("%s is not here: run from the folder of the sources", folder);
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (entry->d_name[0] == '.')
            continue;
        double seconds = replay(entry->d_name);
        if (seconds > 5)
            fail_msg("%s took %.1f s", entry->d_name, seconds);
        files++;
    }
    closedir(entries);
    assert_in_range(files, 30, 100);
}

/* The fuzzer's own mutations, a few of them: bytes changed, cut out, said twice. */
static void test_mutations(void **state)
{
    enum { TIMES = 2000, MOST = 4096 };
    (void)state;
    static const char *const seeds[] = {
        ("@s<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>1</v></c><c s='2'><v>1.5E3</v></c>"
         "<c t='inlineStr'><is><t>a_x000D_</t></is></c></row></sheetData><mergeCells><mergeCell "
         "ref='A1:B2'/></mergeCells></worksheet>"),
        ("@d<wsDr><absoluteAnchor><pos x='9' y='99999'/><pic><blip embed='r1'/></pic>"
         "</absoluteAnchor></wsDr>"),
        "甲,乙;\"丙\"\r\n1,\"2\n3\",4\n",
        "sep=;\n1;2\n",
    };
    uint32_t random = 1;
    for (int i = 0; i < TIMES; i++) {
        uint8_t bytes[MOST];
        const char *seed = seeds[i % 4];
        size_t length = strlen(seed);
        memcpy(bytes, seed, length);
        for (int change = 0; change < 3; change++) {
            random = random * 1664525u + 1013904223u;
            size_t at = 2 + (random >> 16) % (length - 2);
            if (random >> 8 & 1)
                bytes[at] ^= (uint8_t)(1u << (random & 7));
            else if (random >> 9 & 1 && length > 20)
                memmove(bytes + at, bytes + at + 1, --length - at);
            else
                memmove(bytes + at + 1, bytes + at, length++ - at);
        }
        assert_int_equal(LLVMFuzzerTestOneInput(bytes, length), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_corpus),
        cmocka_unit_test(test_mutations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
