#include "imports/xlsx_number.h"
#include "core/date.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
    SIGNIFICANT_DIGITS = 15, /* what Excel keeps and shows; the rest is binary noise */
    MAX_EXPONENT = 10000,    /* keeps the arithmetic of hostile exponents small */
    SECONDS_PER_DAY = 86400,
    LAST_SERIAL = 2958465,       /* 9999-12-31 */
    FALSE_LEAP_DAY = 60,         /* 1900-02-29, which Lotus 1-2-3 believed in */
    EPOCH_SERIAL_1900 = 25569,   /* 1970-01-01 */
    DAYS_BETWEEN_SYSTEMS = 1462, /* 1904 system to 1900 system */
};

/* 0.d1d2d3… × 10^point; no digits for zero. */
struct number {
    bool negative;
    char digits[SIGNIFICANT_DIGITS + 1]; /* values 0..9, one more than is kept, for rounding */
    int count;
    int point;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void round_digits(struct number *number)
{
    if (number->count > SIGNIFICANT_DIGITS) {
        number->count = SIGNIFICANT_DIGITS;
        int at = SIGNIFICANT_DIGITS;
        bool up = number->digits[at] >= 5;
        while (up && at > 0) {
            at--;
            number->digits[at] = (char)((number->digits[at] + 1) % 10);
            up = number->digits[at] == 0;
        }
        if (up) { /* 999… became 1000… */
            number->digits[0] = 1;
            number->point++;
        }
    }
    while (number->count > 0 && number->digits[number->count - 1] == 0)
        number->count--;
}

static const char *parse_exponent(const char *at, int *exponent)
{
    bool negative = *at == '-';
    if (*at == '+' || *at == '-')
        at++;
    if (!is_digit(*at))
        return NULL;
    for (*exponent = 0; is_digit(*at); at++)
        if (*exponent < MAX_EXPONENT)
            *exponent = *exponent * 10 + (*at - '0');
    if (negative)
        *exponent = -*exponent;
    return at;
}

static bool parse(const char *raw, struct number *number)
{
    *number = (struct number){.negative = *raw == '-'};
    if (*raw == '-' || *raw == '+')
        raw++;
    bool any = false, after_point = false;
    for (; is_digit(*raw) || (*raw == '.' && !after_point); raw++) {
        if (*raw == '.') {
            after_point = true;
            continue;
        }
        any = true;
        if (number->count == 0 && *raw == '0') {
            number->point -= after_point;
            continue;
        }
        if (number->count <= SIGNIFICANT_DIGITS)
            number->digits[number->count++] = (char)(*raw - '0');
        number->point += !after_point;
    }
    int exponent = 0;
    if (any && (*raw == 'e' || *raw == 'E'))
        raw = parse_exponent(raw + 1, &exponent);
    if (!any || !raw || *raw)
        return false;
    number->point += exponent;
    round_digits(number);
    if (number->count == 0)
        number->point = 0;
    return true;
}

static int digit_at(const struct number *number, int at)
{
    return at >= 0 && at < number->count ? number->digits[at] : 0;
}

/* False when the text would have more than 15 digits before the point or as many zeros behind. */
static bool write_plain(const struct number *number, const char *unit, char out[XLSX_NUMBER_SIZE])
{
    if (number->point > SIGNIFICANT_DIGITS || number->point < -SIGNIFICANT_DIGITS)
        return false;
    char *to = out;
    if (number->negative && number->count > 0)
        *to++ = '-';
    if (number->point <= 0)
        *to++ = '0';
    for (int i = 0; i < number->point; i++)
        *to++ = (char)('0' + digit_at(number, i));
    if (number->count > number->point) {
        *to++ = '.';
        for (int i = number->point; i < number->count; i++)
            *to++ = (char)('0' + digit_at(number, i));
    }
    memcpy(to, unit, strlen(unit) + 1);
    return true;
}

static void write_time(int seconds, char *out, size_t room)
{
    int used = snprintf(out, room, "%02d:%02d", seconds / 3600, seconds / 60 % 60);
    if (seconds % 60)
        snprintf(out + used, room - (size_t)used, ":%02d", seconds % 60);
}

static bool write_date(const struct number *number, uint8_t format, bool first_1904,
                       char out[XLSX_NUMBER_SIZE])
{
    enum { FRACTION_DIGITS = 9, FRACTION_UNIT = 1000000000 };
    if (number->negative || number->point > 7)
        return false;
    int64_t days = 0, fraction = 0;
    for (int i = 0; i < number->point; i++)
        days = days * 10 + digit_at(number, i);
    for (int i = 0; i < FRACTION_DIGITS; i++)
        fraction = fraction * 10 + digit_at(number, number->point + i);
    int seconds = (int)((fraction * SECONDS_PER_DAY + FRACTION_UNIT / 2) / FRACTION_UNIT);
    if (!(format & XLSX_TIME))
        seconds = 0;
    days += seconds / SECONDS_PER_DAY;
    seconds %= SECONDS_PER_DAY;
    if (days == 0 && format & XLSX_TIME && !(first_1904 && format & XLSX_DATE)) {
        write_time(seconds, out, XLSX_NUMBER_SIZE);
        return true;
    }
    if (first_1904)
        days += DAYS_BETWEEN_SYSTEMS;
    if (days < 1 || days > LAST_SERIAL || (days == FALSE_LEAP_DAY && !first_1904))
        return false;
    struct date date = date_from_days((int)days - EPOCH_SERIAL_1900 + (days < FALSE_LEAP_DAY));
    int used = snprintf(out, XLSX_NUMBER_SIZE, "%04d-%02d-%02d%s", date.year, date.month, date.day,
                        seconds ? " " : "");
    if (seconds)
        write_time(seconds, out + used, XLSX_NUMBER_SIZE - (size_t)used);
    return true;
}

bool xlsx_number_format(const char *raw, uint8_t format, bool first_1904,
                        char out[XLSX_NUMBER_SIZE])
{
    struct number number;
    if (format & XLSX_TEXT || !parse(raw, &number))
        return false;
    if (format & (XLSX_DATE | XLSX_TIME) && write_date(&number, format, first_1904, out))
        return true;
    if (format & XLSX_PERCENT && number.count > 0)
        number.point += 2;
    return write_plain(&number, format & XLSX_PERCENT ? "%" : "", out);
}

bool xlsx_iso_date_format(const char *raw, char out[XLSX_NUMBER_SIZE])
{
    int year, month, day, hour = 0, minute = 0, second = 0;
    int fields =
        sscanf(raw, "%4d-%2d-%2dT%2d:%2d:%2d", &year, &month, &day, &hour, &minute, &second);
    bool valid = fields >= 3 && year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
                 hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 61;
    if (!valid)
        return false;
    int used = snprintf(out, XLSX_NUMBER_SIZE, "%04d-%02d-%02d", year, month, day);
    int seconds = hour * 3600 + minute * 60 + second;
    if (seconds > 0) {
        out[used++] = ' ';
        write_time(seconds, out + used, XLSX_NUMBER_SIZE - (size_t)used);
    }
    return true;
}

uint8_t xlsx_format_of_id(unsigned id)
{
    static const struct {
        unsigned first, last;
        uint8_t format;
    } ranges[] = {
        {9, 10, XLSX_PERCENT}, {14, 17, XLSX_DATE},
        {18, 21, XLSX_TIME},   {22, 22, XLSX_DATE | XLSX_TIME},
        {27, 31, XLSX_DATE},   {32, 35, XLSX_TIME},
        {36, 36, XLSX_DATE},   {45, 47, XLSX_TIME},
        {49, 49, XLSX_TEXT},   {50, 54, XLSX_DATE},
        {55, 56, XLSX_TIME},   {57, 58, XLSX_DATE},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (id >= ranges[i].first && id <= ranges[i].last)
            return ranges[i].format;
    return XLSX_GENERAL;
}

/* Skips what a format code shows as it stands: quoted text, escaped and padding characters, colour
 * and locale brackets. Returns the next place, or `at` when a symbol stands there. */
static const char *skip_literal(const char *at)
{
    if (*at == '"' || *at == '[') {
        const char *end = strchr(at + 1, *at == '"' ? '"' : ']');
        return end ? end + 1 : at + strlen(at);
    }
    if (*at == '\\' || *at == '_' || *at == '*')
        return at[1] ? at + 2 : at + 1;
    return at;
}

static bool is_elapsed_time(const char *at)
{
    return *at == '[' && strchr("hHmMsS", at[1]) && at[1] && strchr("hHmMsS]", at[2]) && at[2];
}

uint8_t xlsx_format_of_code(const char *code)
{
    bool date = false, time = false, month_or_minute = false;
    while (*code && *code != ';') {
        if (is_elapsed_time(code))
            time = true;
        const char *next = strncasecmp(code, "General", 7) == 0 ? code + 7 : skip_literal(code);
        if (next != code) {
            code = next;
            continue;
        }
        bool exponent = strchr("eE", *code) && (code[1] == '+' || code[1] == '-');
        if (*code == '%')
            return XLSX_PERCENT;
        if (*code == '@')
            return XLSX_TEXT;
        if (strncasecmp(code, "AM/PM", 5) == 0) {
            time = true;
            code += 4;
        } else if (strchr("hHsS", *code)) {
            time = true;
        } else if (strchr("yYdD", *code) || (strchr("eE", *code) && !exponent)) {
            date = true;
        } else if (strchr("mM", *code)) {
            month_or_minute = true;
        }
        code++;
    }
    if (month_or_minute && !time)
        date = true;
    return (uint8_t)((date ? XLSX_DATE : 0) | (time ? XLSX_TIME : 0));
}
