/* calc grade: how bad a legacy site is, by its samples and receptors, beside what the bureau says;
 * without a site all of them in the order of treatment. */
#include "cli/calc.h"
#include "cli/json.h"
#include "core/registers.h"
#include "db/grades.h"

#include <string.h>

enum { LABEL_WIDTH = 16, GRADE_WIDTH = 16, NAME_WIDTH = 28, PRIORITY_WIDTH = 8, ROUTE_WIDTH = 18 };

/* What the bureau says differs from what is proposed. */
static bool is_override(enum grade own, enum grade proposed)
{
    return own && own != proposed && (grade_is_rated(proposed) || proposed == GRADE_NO_DATA);
}

static const char *route_of(const struct record *site)
{
    const char *own = record_text(site, "route");
    return *own ? own : record_text(site, "route_proposed");
}

/* ---- one site ---- */

struct answer {
    const struct record *site;
    const struct grading *grading;
    struct buffer series; /* its JSON or its lines */
    enum format format;
};

static void take_step(void *context, const struct grade_step *step)
{
    struct answer *answer = context;
    struct buffer *out = &answer->series;
    const struct grade_place *place = &grade_places[step->dimension];
    if (answer->format == FORMAT_JSON) {
        buffer_addf(out, "%s{\"on\":\"%s\",\"field\":\"%s\",", out->length ? "," : "", step->on,
                    place->own);
        json_text("from", step->from, out);
        json_text("to", step->to, out);
        json_text("why", step->why, out);
        json_text("who", step->who, out);
        buffer_add_char(out, '}');
        return;
    }
    buffer_addf(out, "  %s  ", step->on);
    output_cell(place->label, LABEL_WIDTH, out);
    buffer_addf(out, "%s → %s  %s%s%s\n", *step->from ? step->from : "（空）",
                *step->to ? step->to : "（空）", step->is_undo ? "撤销；" : "", step->who,
                *step->why ? "：" : "");
    if (*step->why)
        buffer_addf(out, "              %s\n", step->why);
}

static void write_dimension_json(const struct answer *answer, enum grade_dimension dimension,
                                 struct buffer *out)
{
    const struct grade_proposal *proposal = &answer->grading->proposals[dimension];
    buffer_addf(out, ",\"%s\":{", grade_places[dimension].name);
    json_text("proposed", grade_name(proposal->grade), out);
    json_text("hint", grade_name(proposal->hint), out);
    json_text("current", record_text(answer->site, grade_places[dimension].own), out);
    buffer_add(out, ",\"reasons\":[");
    for (size_t i = 0; i < proposal->reason_count; i++) {
        buffer_add(out, i ? "," : "");
        buffer_add_json(out, proposal->reasons[i]);
    }
    buffer_add(out, "],\"evidence\":[");
    for (size_t i = 0; i < proposal->evidence_count; i++) {
        buffer_addf(out, "%s{\"register\":\"%s\",\"id\":\"%s\",\"label\":", i ? "," : "",
                    proposal->evidence[i].reg->name, proposal->evidence[i].id);
        buffer_add_json(out, proposal->evidence[i].label);
        buffer_add_char(out, '}');
    }
    buffer_add(out, "]}");
}

static void write_overrides_json(const struct answer *answer, struct buffer *out)
{
    bool any = false;
    buffer_add(out, ",\"overrides\":[");
    for (enum grade_dimension i = 0; i < GRADE_DIMENSIONS; i++) {
        const struct grade_place *place = &grade_places[i];
        enum grade own = grade_own(answer->site, i);
        enum grade proposed = answer->grading->proposals[i].grade;
        if (!is_override(own, proposed))
            continue;
        buffer_addf(out, "%s{\"field\":\"%s\",", any ? "," : "", place->own);
        json_text("current", grade_name(own), out);
        json_text("proposed", grade_name(proposed), out);
        json_text("reason", place->reason ? record_text(answer->site, place->reason) : "", out);
        buffer_add_char(out, '}');
        any = true;
    }
    buffer_add_char(out, ']');
}

static void write_effects_json(const struct answer *answer, struct buffer *out)
{
    buffer_add(out, ",\"effects\":[");
    for (size_t i = 0; i < answer->grading->effect_count; i++) {
        const struct grade_effect *effect = &answer->grading->effects[i];
        buffer_addf(out,
                    "%s{\"before\":\"%s\",\"after\":\"%s\",\"better\":%s,\"text\":", i ? "," : "",
                    effect->before_id, effect->after_id, effect->is_better ? "true" : "false");
        buffer_add_json(out, effect->text);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void write_json(const struct answer *answer, struct buffer *out)
{
    buffer_addf(out, "{\"site\":\"%s\",", answer->site->id);
    json_text("name", record_text(answer->site, "name"), out);
    for (enum grade_dimension i = 0; i < GRADE_DIMENSIONS; i++)
        write_dimension_json(answer, i, out);
    json_text("priority", record_text(answer->site, "priority"), out);
    buffer_addf(out, ",\"product\":%d,", grade_product(answer->site));
    json_text("route", route_of(answer->site), out);
    json_text("route_proposed", answer->grading->route ? answer->grading->route : "", out);
    write_effects_json(answer, out);
    write_overrides_json(answer, out);
    buffer_addf(out, ",\"series\":[%s]}\n", buffer_text(&answer->series));
}

static void write_dimension(const struct answer *answer, enum grade_dimension dimension,
                            struct buffer *out)
{
    const struct grade_place *place = &grade_places[dimension];
    const struct grade_proposal *proposal = &answer->grading->proposals[dimension];
    enum grade own = grade_own(answer->site, dimension);
    struct buffer cell = {0};
    output_cell(place->label, LABEL_WIDTH, out);
    buffer_addf(&cell, "本局 %s", own ? grade_name(own) : "没有评");
    output_cell(cell.text, GRADE_WIDTH, out);
    buffer_addf(out, "建议 %s", grade_name(proposal->grade));
    if (proposal->hint)
        buffer_addf(out, "（仅提示：%s）", grade_name(proposal->hint));
    if (is_override(own, proposal->grade))
        buffer_add(out, "  ! 不同");
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < proposal->reason_count; i++)
        buffer_addf(out, "  · %s\n", proposal->reasons[i]);
    if (is_override(own, proposal->grade) && place->reason)
        buffer_addf(out, "  本局依据：%s\n",
                    *record_text(answer->site, place->reason)
                        ? record_text(answer->site, place->reason)
                        : "没有写，请补上");
    buffer_release(&cell);
}

static void write_site(const struct answer *answer, struct buffer *out)
{
    const struct grading *grading = answer->grading;
    const char *priority = record_text(answer->site, "priority");
    buffer_addf(out, "%s  优先级 %s\n\n", record_text(answer->site, "name"),
                *priority ? priority : "还排不出");
    for (enum grade_dimension i = 0; i < GRADE_DIMENSIONS; i++)
        write_dimension(answer, i, out);
    output_cell("治理路线", LABEL_WIDTH, out);
    buffer_addf(out, "本局 %s  建议 %s%s%s\n",
                *record_text(answer->site, "route") ? record_text(answer->site, "route") : "没有定",
                grading->route ? grading->route : "提不出", *grading->route_why ? "：" : "",
                grading->route_why);
    if (grading->effect_count)
        buffer_add(out, "\n治理前后\n");
    for (size_t i = 0; i < grading->effect_count; i++)
        buffer_addf(out, "  %s %s\n", grading->effects[i].is_better ? "✓" : "!",
                    grading->effects[i].text);
    buffer_addf(out, "\n分级历程\n%s",
                answer->series.length ? answer->series.text : "  还没有评过级\n");
}

static void write_csv(const struct answer *answer, struct buffer *out)
{
    buffer_add(out, "dimension,proposed,current\n");
    for (enum grade_dimension i = 0; i < GRADE_DIMENSIONS; i++)
        buffer_addf(out, "%s,%s,%s\n", grade_places[i].name,
                    grade_name(answer->grading->proposals[i].grade),
                    record_text(answer->site, grade_places[i].own));
}

static bool write_answer(struct cli *cli, struct record *site, struct error *err)
{
    struct check_context context = store_check_context(cli->store);
    struct grading grading;
    struct answer answer = {.site = site, .grading = &grading, .format = cli->format};
    struct buffer out = {0};
    record_conclude(site, &context);
    grading_work_out(site, &context, &grading);
    bool ok = grades_each(cli->store, site->id, take_step, &answer, err);
    if (cli->format == FORMAT_JSON)
        write_json(&answer, &out);
    else if (cli->format == FORMAT_CSV)
        write_csv(&answer, &out);
    else
        write_site(&answer, &out);
    ok = ok && output_write(&out, err);
    grading_release(&grading);
    buffer_release(&answer.series);
    buffer_release(&out);
    return ok;
}

static bool answer_site(struct cli *cli, const char *text, struct error *err)
{
    struct record site;
    bool ok =
        store_find(cli->store, &reg_legacy_site, text, &site, err) && write_answer(cli, &site, err);
    record_release(&site);
    return ok;
}

/* ---- all sites ---- */

static const enum grade_dimension listed[] = {GRADE_POLLUTION, GRADE_SENSITIVITY, GRADE_FEASIBILITY,
                                              GRADE_RISK};

/* "高", "高（建议 中）", "建议 中" */
static void write_cell(const struct record *site, enum grade_dimension dimension,
                       struct buffer *out)
{
    enum grade own = grade_own(site, dimension), proposed = grade_proposed(site, dimension);
    struct buffer cell = {0};
    buffer_add(&cell, grade_name(own));
    if (!own && proposed)
        buffer_addf(&cell, "建议 %s", grade_name(proposed));
    else if (is_override(own, proposed))
        buffer_addf(&cell, "（建议 %s）", grade_name(proposed));
    output_cell(buffer_text(&cell), GRADE_WIDTH, out);
    buffer_release(&cell);
}

static void write_line(const struct record *site, size_t number, struct buffer *out)
{
    const char *priority = record_text(site, "priority");
    buffer_addf(out, "%3zu  ", number);
    output_cell(record_text(site, "name"), NAME_WIDTH, out);
    output_cell(*priority ? priority : "—", PRIORITY_WIDTH, out);
    for (size_t i = 0; i < COUNT_OF(listed); i++)
        write_cell(site, listed[i], out);
    output_cell(route_of(site), ROUTE_WIDTH, out);
    buffer_add_char(out, '\n');
}

static void write_heading(size_t count, struct buffer *out)
{
    if (count == 0) {
        buffer_add(out, "还没有历史遗留点位，先用 taizhang add legacy_site 或 import 登记\n");
        return;
    }
    buffer_addf(out, "历史遗留点位 %zu 处，没有数据的在前，再按优先级\n     ", count);
    output_cell("点位", NAME_WIDTH, out);
    output_cell("优先级", PRIORITY_WIDTH, out);
    for (size_t i = 0; i < COUNT_OF(listed); i++)
        output_cell(grade_places[listed[i]].label, GRADE_WIDTH, out);
    buffer_add(out, "路线\n");
}

static void write_line_json(const struct record *site, struct buffer *out)
{
    buffer_addf(out, "{\"site\":\"%s\",", site->id);
    json_text("name", record_text(site, "name"), out);
    json_text("priority", record_text(site, "priority"), out);
    buffer_addf(out, ",\"product\":%d", grade_product(site));
    for (size_t i = 0; i < COUNT_OF(listed); i++) {
        const struct grade_place *place = &grade_places[listed[i]];
        buffer_addf(out, ",\"%s\":{", place->name);
        json_text("proposed", record_text(site, place->proposed), out);
        json_text("current", record_text(site, place->own), out);
        buffer_add_char(out, '}');
    }
    json_text("route", route_of(site), out);
    buffer_add_char(out, '}');
}

static void write_line_csv(const struct record *site, struct buffer *out)
{
    buffer_addf(out, "%s,", site->id);
    csv_add_cell(out, record_text(site, "name"));
    buffer_addf(out, ",%s", record_text(site, "priority"));
    for (size_t i = 0; i < COUNT_OF(listed); i++)
        buffer_addf(out, ",%s", grade_name(grade_effective(site, listed[i])));
    buffer_add_char(out, '\n');
}

static bool answer_all(struct cli *cli, struct error *err)
{
    struct id_list sites;
    struct buffer out = {0};
    bool ok = grades_order(cli->store, &sites, err);
    if (!ok)
        return false;
    if (cli->format == FORMAT_JSON)
        buffer_add_char(&out, '[');
    else if (cli->format == FORMAT_CSV)
        buffer_add(&out, "site,name,priority,pollution,sensitivity,feasibility,risk_level\n");
    else
        write_heading(sites.count, &out);
    for (size_t i = 0; ok && i < sites.count; i++) {
        struct record site;
        ok = store_get(cli->store, &reg_legacy_site, sites.ids[i], &site, err);
        if (cli->format == FORMAT_JSON) {
            buffer_add(&out, i ? ",\n" : "");
            write_line_json(&site, &out);
        } else if (cli->format == FORMAT_CSV) {
            write_line_csv(&site, &out);
        } else {
            write_line(&site, i + 1, &out);
        }
        record_release(&site);
    }
    buffer_add(&out, cli->format == FORMAT_JSON ? "]\n" : "");
    ok = ok && output_write(&out, err);
    id_list_release(&sites);
    buffer_release(&out);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    const char *site = NULL;
    const struct option options[] = {{.name = "--site", .value = &site}, {.name = NULL}};
    if (!cli_parse(cli, argc, argv, options, 0, 0, err) || !cli_open(cli, STORE_READ, err))
        return false;
    return site ? answer_site(cli, site, err) : answer_all(cli, err);
}

const struct command calc_grade = {
    .name = "grade",
    .usage = "[--site ID]",
    .help = "历史遗留点位分级研判：按监测结果、敏感目标和参数提建议，写明理由；不写点位就列出全部，"
            "没有数据的在前",
    .run = run,
};
