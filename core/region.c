#include "core/region.h"
#include "core/text.h"

#include <string.h>

/* Cuts the name where the first ethnic group's name begins. */
static size_t before_ethnic_group(const char *name, size_t length)
{
    static const char *const groups[] = {
        "蒙古族", "蒙古",   "回族",   "藏族",   "维吾尔",   "苗族",   "彝族",   "壮族",
        "各族",   "布依族", "朝鲜族", "满族",   "侗族",     "瑶族",   "白族",   "土家族",
        "哈尼族", "哈萨克", "傣族",   "黎族",   "傈僳族",   "佤族",   "畲族",   "拉祜族",
        "水族",   "东乡族", "纳西族", "景颇族", "柯尔克孜", "土族",   "达斡尔", "仫佬族",
        "羌族",   "布朗族", "撒拉族", "毛南族", "仡佬族",   "锡伯",   "普米族", "塔吉克",
        "怒族",   "鄂温克", "保安族", "裕固族", "独龙族",   "鄂伦春", "门巴族", "珞巴族",
    };
    size_t cut = length;
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        const char *at = strstr(name, groups[i]);
        /* A group's name at the very front is the county's own name: 鄂伦春自治旗, 东乡族自治县. */
        if (at && at > name && (size_t)(at - name) < cut)
            cut = (size_t)(at - name);
    }
    return cut;
}

void region_shorten(const char *name, struct buffer *out)
{
    static const char *const endings[] = {"自治县", "自治旗", "自治州", "特区", "林区",
                                          "地区",   "县",     "市",     "区",   "旗"};
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t tail = strlen(endings[i]);
        /* What is left must be two characters (of three bytes) at least. */
        if (text_ends_with(name, endings[i]) && length - tail >= 6) {
            length -= tail;
            break;
        }
    }
    size_t cut = before_ethnic_group(name, length);
    buffer_add_bytes(out, name, cut < length ? cut : length);
}

size_t region_prefix(const char *code)
{
    size_t length = strlen(code);
    while (length > 2 && length % 2 == 0 && strncmp(code + length - 2, "00", 2) == 0)
        length -= 2;
    return length;
}

bool region_is_within(const char *code, const char *area)
{
    return strncmp(code, area, region_prefix(area)) == 0;
}
