/* calc deadline: when a period in working or calendar days ends, and by when a filing must be sent.
 */
#include "cli/calc.h"
#include "core/text.h"
#include "db/almanac.h"

#include <stdlib.h>
#include <string.h>

/* As typed; NULL what was not given. */
struct typed {
    const char *from, *workdays, *days, *filing, *roll;
};

struct asked {
    struct date from; /* the event, or the filing date as it was set */
    int count;
    enum calendar_roll roll;
};

static bool read_day(const char *option, const char *text, struct date *date, struct error *err)
{
    struct buffer clean = {0};
    bool ok = text_clean(text, false, &clean) ||
              error_set(err, ERROR_USAGE, "日期中有不能用的字符，请按 2026-06-15 的样子填写");
    ok = ok && date_parse(buffer_text(&clean), date, err);
    buffer_release(&clean);
    if (ok)
        return true;
    err->code = ERROR_USAGE;
    return error_prefix(err, "%s", option);
}

static bool read_count(const char *option, const char *text, int *count, struct error *err)
{
    enum { MOST_DIGITS = 4 };
    size_t digits = strspn(text, "0123456789");
    if (digits > 0 && digits <= MOST_DIGITS && !text[digits])
        *count = atoi(text);
    else
        *count = -1;
    return (*count >= 0 && *count <= CALENDAR_MOST_DAYS) ||
           error_set(err, ERROR_USAGE, "%s 应是 0 到 %d 的整数，不能是“%s”", option,
                     CALENDAR_MOST_DAYS, text);
}

static bool read_roll(const char *text, enum calendar_roll *roll, struct error *err)
{
    static const char *const names[] = {
        [ROLL_NONE] = "不变", [ROLL_FORWARD] = "顺延", [ROLL_BACK] = "提前"};
    for (size_t i = 0; text && i < COUNT_OF(names); i++) {
        if (strcmp(text, names[i]) == 0) {
            *roll = (enum calendar_roll)i;
            return true;
        }
    }
    return !text || error_set(err, ERROR_USAGE, "--roll 可用 顺延、提前、不变，没有“%s”", text);
}

static bool read_asked(const struct typed *typed, struct asked *asked, struct error *err)
{
    *asked = (struct asked){.roll = typed->filing ? ROLL_BACK : ROLL_FORWARD};
    if (!read_roll(typed->roll, &asked->roll, err))
        return false;
    if (typed->filing)
        return (!typed->from && !typed->workdays && !typed->days)
                   ? read_day("--filing", typed->filing, &asked->from, err)
                   : error_set(err, ERROR_USAGE, "--filing 要单独用，不能再写起算日和天数");
    if (!typed->from)
        return error_set(err, ERROR_USAGE,
                         "请用 --from 写明起算日，例如：--from 2026-01-05 --workdays 30");
    if (!typed->workdays == !typed->days)
        return error_set(err, ERROR_USAGE,
                         "请写明 --workdays（工作日）或 --days（自然日）的天数，只写其中一个");
    return read_day("--from", typed->from, &asked->from, err) &&
           (typed->days ? read_count("--days", typed->days, &asked->count, err)
                        : read_count("--workdays", typed->workdays, &asked->count, err));
}

static struct deadline compute(const struct calendar *calendar, const struct typed *typed,
                               const struct asked *asked)
{
    return typed->workdays ? calendar_add_workdays(calendar, asked->from, asked->count)
                           : calendar_add_days(calendar, asked->from, asked->count, asked->roll);
}

/* "2026-02-14（周六，调休上班）" */
static void write_day(const struct calendar *calendar, struct date date, struct buffer *out)
{
    enum { SATURDAY = 5 };
    char text[DATE_TEXT_SIZE];
    bool weekend = date_weekday(date) >= SATURDAY, work = calendar_is_workday(calendar, date);
    date_format(date, text);
    buffer_addf(out, "%s（%s%s）", text, date_weekday_name(date),
                weekend && work     ? "，调休上班"
                : !weekend && !work ? "，放假"
                                    : "");
}

static void write_sentence(const struct calendar *calendar, const struct typed *typed,
                           const struct asked *asked, struct deadline deadline, struct buffer *out)
{
    static const char *const moves[] = {"提前到", "", "顺延到"};
    struct date end =
        typed->workdays ? deadline.due : date_from_days(date_to_days(asked->from) + asked->count);
    buffer_add(out, typed->filing ? "报送日 " : "自 ");
    write_day(calendar, asked->from, out);
    if (!typed->filing) {
        buffer_addf(out, "次日起满 %d 个%s，期限到 ", asked->count,
                    typed->workdays ? "工作日" : "自然日");
        write_day(calendar, end, out);
    }
    int moved = date_compare(deadline.due, end);
    if (moved != 0) {
        buffer_addf(out, "，是休息日，%s ", moves[moved + 1]);
        write_day(calendar, deadline.due, out);
    } else if (typed->filing) {
        buffer_add(out, "，当日报送");
    }
    buffer_add(out, deadline.complete ? "\n" : "；" CALENDAR_ESTIMATE "\n");
}

static bool answer(struct cli *cli, const struct calendar *calendar, const struct typed *typed,
                   const struct asked *asked, struct error *err)
{
    struct deadline deadline = compute(calendar, typed, asked);
    struct buffer out = {0};
    char due[DATE_TEXT_SIZE];
    if (!date_is_valid(deadline.due))
        return error_set(err, ERROR_USAGE, "算出的日期超出 1900 年到 2199 年，请核对起算日和天数");
    date_format(deadline.due, due);
    if (cli->format == FORMAT_JSON)
        buffer_addf(&out, "{\"due\":\"%s\",\"calendar_complete\":%s}\n", due,
                    deadline.complete ? "true" : "false");
    else if (cli->format == FORMAT_CSV)
        buffer_addf(&out, "due,calendar_complete\n%s,%s\n", due,
                    deadline.complete ? "true" : "false");
    else
        write_sentence(calendar, typed, asked, deadline, &out);
    bool ok = output_write(&out, err);
    buffer_release(&out);
    return ok;
}

static bool run(struct cli *cli, int argc, char **argv, enum status *status, struct error *err)
{
    (void)status;
    struct typed typed = {.from = NULL};
    struct asked asked;
    const struct option options[] = {
        {.name = "--from", .value = &typed.from}, {.name = "--workdays", .value = &typed.workdays},
        {.name = "--days", .value = &typed.days}, {.name = "--filing", .value = &typed.filing},
        {.name = "--roll", .value = &typed.roll}, {.name = NULL},
    };
    if (!cli_parse(cli, argc, argv, options, 0, 0, err) || !read_asked(&typed, &asked, err) ||
        !calc_open(cli, err))
        return false;
    struct almanac shipped = {.days = NULL};
    bool ok = cli->store || almanac_load(&shipped, NULL, err);
    ok = ok && answer(cli, cli->store ? store_calendar(cli->store) : &shipped.calendar, &typed,
                      &asked, err);
    almanac_release(&shipped);
    return ok;
}

const struct command calc_deadline = {
    .name = "deadline",
    .usage = "--from DATE --workdays N | --days N | --filing DATE [--roll 顺延|提前|不变]",
    .help = "按放假安排推算期限：工作日、自然日（遇休息日顺延）、报送日（遇休息日提前）",
    .run = run,
};
