#include "core/pinyin.h"
#include "core/pinyin_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char company[] = "清远市鑫铀化工有限公司2厂";

static bool matches(const char *text, const char *query)
{
    struct pinyin_query prepared;
    pinyin_query_init(&prepared, query);
    return pinyin_query_matches(&prepared, text, false);
}

static void found(const char *text, const char *query)
{
    if (!matches(text, query))
        fail_msg("\"%s\" does not find %s", query, text);
}

static void not_found(const char *text, const char *query)
{
    if (matches(text, query))
        fail_msg("\"%s\" finds %s", query, text);
}

static void syllables_initials_and_both(void **state)
{
    (void)state;
    static const char *const queries[] = {
        "xinyouhuagong",
        "xyhg",
        "xinyhg",
        "xyouhg",
        "xinyouhg",
        "xinyouhua",
        "xinyouhuag",
        "xinyo",
        "qysxyhgyx",
        "huagong",
        "gongyouxia",
        "hgyxgs",
        "qingyuan",
        "qys",
        "q",
        "shi",
        "sxin",
        "shxin",
        "xinyouhuagongyouxiangongsi",
    };
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++)
        found(company, queries[i]);
}

static void what_does_not_match(void **state)
{
    (void)state;
    static const char *const queries[] = {
        "xinyouhuagonk", /* a wrong end */
        "xiyouhg",       /* half a syllable in the middle */
        "xhg",           /* a character left out */
        "gonghua",       /* the wrong order */
        "chx",           /* zh, ch and sh are not the same */
        "b",
        "gongsix", /* longer than the text */
    };
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++)
        not_found(company, queries[i]);
}

static void all_readings(void **state)
{
    (void)state;
    static const struct {
        const char *text, *readings[4];
    } characters[] = {
        {"重", {"zhong", "chong"}},
        {"长", {"chang", "zhang"}},
        {"行", {"xing", "hang"}},
        {"厦", {"xia", "sha"}},
        {"铅", {"qian", "yan"}},
        {"六", {"liu", "lu"}},
        {"绿", {"lv", "lu"}},
        {"略", {"lve", "lue"}},
        {"虐", {"nve", "nue"}},
        {"铊", {"ta"}},
        {"镉", {"ge"}},
        {"䴗", {"ju"}},
    };
    for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++)
        for (size_t k = 0; k < 4 && characters[i].readings[k]; k++)
            found(characters[i].text, characters[i].readings[k]);
    found("重庆长安", "chongqingchangan");
    found("重庆长安", "zqza");
    found("重庆长安", "cqca");
    not_found("铊", "ge");
    not_found("吕", "lue");
}

static void zh_ch_sh(void **state)
{
    (void)state;
    found("中山", "zhsh");
    found("中山", "zs");
    found("中山", "zhs");
    found("中山", "zsh");
    not_found("中山", "shzh");
    found("恩", "en");
    not_found("嗯嗯", "hng"); /* n and g of "ng" are no initials of their own */
}

static void a_syllable_may_be_divided_in_several_ways(void **state)
{
    (void)state;
    found("西安", "xian");
    found("先", "xian");
    found("方案", "fangan");
    found("反感", "fangan");
    found("西安", "xia");
    not_found("先", "xiana");
}

static void other_characters_stand_for_themselves(void **state)
{
    (void)state;
    found(company, "鑫铀");
    found(company, "鑫yhg");
    found(company, "x铀hua工");
    found(company, "gs2");
    found(company, "公司2厂");
    found(company, "2c");
    found("qy4418022026", "4418");
    found("qy4418022026", "y44");
    found("锌abc矿", "xabck");
    not_found(company, "鑫化");
    not_found(company, "gs3");
    not_found("qy4418022026", "4419");
    found("😀铊", "ta");
    found("😀铊", "😀t");
}

static void fields_are_not_joined(void **state)
{
    (void)state;
    found("化工\x1F有限", "yx");
    not_found("化工\x1F有限", "gyx");
    not_found("化工 有限", "gyx");
}

static void at_the_beginning(void **state)
{
    (void)state;
    struct pinyin_query query;
    pinyin_query_init(&query, "qys");
    assert_true(pinyin_query_matches(&query, company, true));
    pinyin_query_init(&query, "xyhg");
    assert_false(pinyin_query_matches(&query, company, true));
    assert_true(pinyin_query_matches(&query, company, false));
    pinyin_query_init(&query, "清远shi");
    assert_true(pinyin_query_matches(&query, company, true));
    assert_false(pinyin_query_matches(&query, "", true));
}

static void lengths_and_broken_text(void **state)
{
    (void)state;
    char query[PINYIN_QUERY_MOST + 2], text[3 * (PINYIN_QUERY_MOST + 1) + 1] = "";
    memset(query, 't', sizeof query);
    for (size_t i = 0; i <= PINYIN_QUERY_MOST; i++)
        memcpy(text + 3 * i, "铊", 4);
    query[PINYIN_QUERY_MOST + 1] = '\0';
    not_found(text, query); /* too long to be looked for */
    query[PINYIN_QUERY_MOST] = '\0';
    found(text, query);
    found("铊", "");
    found("", "");
    not_found("", "t");
    found("\xe9\x93"
          "a铊",
          "at");
    not_found("\xe9", "t");
}

static void the_table(void **state)
{
    (void)state;
    assert_true(pinyin_syllable_count <= PINYIN_SYLLABLES_MOST);
    size_t read = 0;
    for (uint32_t code = PINYIN_FIRST; code <= PINYIN_LAST; code++) {
        const struct pinyin_set *set = &pinyin_sets[pinyin_set_of[code - PINYIN_FIRST]];
        uint32_t initials = 0, bits = 0;
        for (size_t i = 0; i < set->count; i++) {
            size_t number = pinyin_members[set->first + i];
            assert_true(number < pinyin_syllable_count);
            const struct pinyin_syllable *syllable = &pinyin_syllables[number];
            assert_int_equal(strlen(syllable->text), syllable->length);
            initials |= 1u << (syllable->text[0] - 'a');
        }
        uint32_t at = code - PINYIN_FIRST;
        for (uint32_t letter = 0; letter < 26; letter++)
            bits |= (pinyin_initials[letter][at / 8] >> at % 8 & 1u) << letter;
        assert_int_equal(initials, bits);
        read += set->count > 0;
    }
    assert_true(read > 26000); /* Unicode 15 has readings of 27,000 of them */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syllables_initials_and_both),
        cmocka_unit_test(what_does_not_match),
        cmocka_unit_test(all_readings),
        cmocka_unit_test(zh_ch_sh),
        cmocka_unit_test(a_syllable_may_be_divided_in_several_ways),
        cmocka_unit_test(other_characters_stand_for_themselves),
        cmocka_unit_test(fields_are_not_joined),
        cmocka_unit_test(at_the_beginning),
        cmocka_unit_test(lengths_and_broken_text),
        cmocka_unit_test(the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
