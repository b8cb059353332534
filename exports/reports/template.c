/* A blank workbook of a register, to be handed out, filled in and imported again. */
#include "exports/template.h"
#include "exports/reports/reports.h"
#include "exports/run.h"

#include "core/text.h"

static bool write_file(const struct report *report, struct store *store,
                       const struct report_options *options, const char *path,
                       struct report_result *result, struct error *err)
{
    (void)report;
    struct template template;
    struct run run;
    struct buffer bureau = {0};
    const struct reg *reg = reg_find(options->choices[REPORT_REGISTER]);
    if (!reg)
        return error_set(err, ERROR_USAGE, "没有名为“%s”的清单，可用 taizhang schema 查看",
                         options->choices[REPORT_REGISTER]);
    if (!path || !text_ends_with(path, ".xlsx"))
        return error_set(err, ERROR_USAGE, "填报表只能写成 .xlsx，请写一个以 .xlsx 结尾的文件名");
    run_init(&run, store, options, NULL, result);
    run_fill(&run, "{填报单位}", &bureau);
    bool ok = template_init(&template, store, reg, options->choices[REPORT_COLUMNS], err) &&
              template_write(&template, path, report_created(), buffer_text(&bureau), err);
    result->tables = ok;
    template_release(&template);
    buffer_release(&bureau);
    return ok;
}

const struct report report_template = {
    .name = "template",
    .label = "填报表",
    .help = "发给企业和乡镇填的空白表：有下拉列表和填写提示，填好后原样导入。",
    .write_file = write_file,
    .takes = REPORT_BIT(REPORT_COLUMNS),
    .needs = REPORT_BIT(REPORT_REGISTER),
};
