#include "transfer_stage.h"

#include "db/query.h"
#include "tui/screens/screens.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

void transfer_write(const struct stage *stage, const char *name, const char *text)
{
    struct buffer path = {0};
    buffer_addf(&path, "%s/%s", stage->folder, name);
    FILE *file = fopen(path.text, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    buffer_release(&path);
}

static const char table[] = "序号,企业名称,县（市、区）,乡镇,状态,备注2\n"
                            "1,甲示例电镀,清城区,龙塘镇,停产,甲\n"
                            "2,乙示例冶炼,清城区,源潭镇,在产,乙\n"
                            "3,,清城区,源潭镇,在产,\n"
                            "4,丙示例电池,清城区,源潭镇,飞走了,\n"
                            "合计,,,,,\n";

void transfer_begin(struct stage *stage)
{
    char id[RECORD_ID_SIZE];
    stage_begin(stage, 24, 80);
    stage_add(stage, "enterprise",
              (const char *const[]){"name", "甲示例电镀", "region", "清城区", "town", "龙塘镇",
                                    "status", "在产", NULL},
              id);
    transfer_write(stage, "2025清单.csv", table);
    assert_int_equal(chdir(stage->folder), 0);
    list_open(&stage->app, reg_find("enterprise"), NULL);
}

void transfer_end(struct stage *stage)
{
    assert_int_equal(chdir("/"), 0);
    stage_end(stage);
}

int64_t transfer_count(struct stage *stage, const char *where)
{
    int64_t found = -1;
    const struct query query = {.reg = reg_find("enterprise"), .where = where};
    assert_true(query_count(stage->store, &query, &found, NULL));
    return found;
}
