#include "core/decimal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* 128-bit intermediate results keep products exact; gcc and clang both have the type. */
__extension__ typedef __int128 wide;

enum { MAX_DIGITS = 40 };

int64_t decimal_unit(int scale)
{
    int64_t unit = 1;
    while (scale-- > 0)
        unit *= 10;
    return unit;
}

/* The digits of a number without sign, point and exponent, and where the point belongs. */
struct digits {
    char digit[MAX_DIGITS];
    int count;
    int decimals; /* digits behind the point; negative when zeros follow */
};

/* "1,234,567.8": separators stand exactly every three digits before the point. */
static bool separators_fit(const char *text)
{
    const char *comma = strchr(text, ',');
    if (!comma)
        return true;
    size_t lead = strspn(text, "0123456789");
    if (lead < 1 || lead > 3 || text[lead] != ',')
        return false;
    const char *at = text + lead;
    while (*at == ',') {
        if (strspn(at + 1, "0123456789") != 3)
            return false;
        at += 4;
    }
    return strchr(at, ',') == NULL;
}

static bool read_exponent(const char *text, int *exponent)
{
    char rest;
    return *text != ' ' && sscanf(text, "%3d%c", exponent, &rest) == 1 && *exponent >= -30 &&
           *exponent <= 30;
}

static bool read_digits(const char *text, struct digits *out)
{
    bool point = false, any = false;
    if (!separators_fit(text))
        return false;
    for (; *text; text++) {
        if (*text == '.' && !point) {
            point = true;
        } else if (*text >= '0' && *text <= '9') {
            any = true;
            if (out->count == 0 && *text == '0' && !point)
                continue;
            if (out->count == MAX_DIGITS)
                return false;
            out->digit[out->count++] = *text;
            out->decimals += point;
        } else if ((*text == 'e' || *text == 'E') && any) {
            int exponent;
            if (!read_exponent(text + 1, &exponent))
                return false;
            out->decimals -= exponent;
            return true;
        } else if (*text != ',') {
            return false;
        }
    }
    return any;
}

static bool refuse(struct error *err, const char *text)
{
    return error_set(err, ERROR_REFUSED, "“%s”不是数值，请只填数字，例如 12.5", text);
}

bool decimal_parse(const char *text, int scale, int64_t *scaled, struct error *err)
{
    const char *number = text;
    bool negative = *number == '-';
    if (*number == '-' || *number == '+')
        number++;
    struct digits digits = {.count = 0};
    if (!read_digits(number, &digits))
        return refuse(err, text);

    while (digits.count > 0 && digits.decimals > scale) {
        if (digits.digit[digits.count - 1] != '0')
            return error_set(err, ERROR_REFUSED,
                             scale ? "“%s”的小数超过 %d 位，请按规定的位数填写"
                                   : "“%s”应为整数，不能带小数",
                             text, scale);
        digits.count--;
        digits.decimals--;
    }
    wide value = 0;
    for (int i = 0; i < digits.count && value <= INT64_MAX; i++)
        value = value * 10 + (digits.digit[i] - '0');
    for (int i = digits.decimals; digits.count > 0 && i < scale && value <= INT64_MAX; i++)
        value *= 10;
    if (value > INT64_MAX)
        return error_set(err, ERROR_REFUSED, "“%s”太大，请核对数值和单位", text);
    *scaled = (int64_t)(negative ? -value : value);
    return true;
}

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

void decimal_format_fixed(int64_t scaled, int scale, char out[DECIMAL_TEXT_SIZE])
{
    uint64_t size = magnitude(scaled), unit = (uint64_t)decimal_unit(scale);
    const char *sign = scaled < 0 ? "-" : "";
    if (scale == 0)
        snprintf(out, DECIMAL_TEXT_SIZE, "%s%" PRIu64, sign, size);
    else
        snprintf(out, DECIMAL_TEXT_SIZE, "%s%" PRIu64 ".%0*" PRIu64, sign, size / unit, scale,
                 size % unit);
}

void decimal_format(int64_t scaled, int scale, char out[DECIMAL_TEXT_SIZE])
{
    decimal_format_fixed(scaled, scale, out);
    if (scale == 0)
        return;
    size_t length = strlen(out);
    while (out[length - 1] == '0')
        length--;
    if (out[length - 1] == '.')
        length--;
    out[length] = '\0';
}

bool decimal_rescale(int64_t scaled, int from, int to, int64_t *out)
{
    return to >= from && !__builtin_mul_overflow(scaled, decimal_unit(to - from), out);
}

bool decimal_add(int64_t a, int64_t b, int64_t *sum)
{
    return !__builtin_add_overflow(a, b, sum);
}

void decimal_gather(int64_t *sum, int64_t part)
{
    if (!decimal_add(*sum, part, sum) || *sum == INT64_MIN)
        *sum = part < 0 ? -INT64_MAX : INT64_MAX;
}

bool decimal_multiply(int64_t a, int64_t b, int64_t divisor, int64_t *out)
{
    wide product = (wide)a * b;
    wide half = divisor / 2;
    wide rounded = (product + (product < 0 ? -half : half)) / divisor;
    if (rounded > INT64_MAX || rounded < INT64_MIN)
        return false;
    *out = (int64_t)rounded;
    return true;
}

bool decimal_multiply_up(int64_t a, int64_t b, int64_t divisor, int64_t *out)
{
    wide product = (wide)a * b;
    wide rounded = product / divisor + (product > 0 && product % divisor != 0);
    if (rounded > INT64_MAX || rounded < INT64_MIN)
        return false;
    *out = (int64_t)rounded;
    return true;
}
