# Writes core/pinyin_table.c from Unihan_Readings.txt (Debian's package unicode-data): the syllables that
# each Chinese character is read as, without tones, ü as v. Runs with LC_ALL=C in any awk.
#
# Every dictionary that Unihan quotes counts: a reading too many shows one more row, a reading too few
# hides a record.

BEGIN {
    FS = "\t"
    first = 13312 # U+3400
    last = 40959  # U+9FFF
    syllables = 0
    for (i = 0; i < 16; i++)
        digit[substr("0123456789ABCDEF", i + 1, 1)] = i
}

function fail(what) {
    print "pinyin_table.awk: " what >"/dev/stderr"
    failed = 1
    exit 1
}

function hexadecimal(text,    i, value) {
    for (i = 1; i <= length(text); i++)
        value = value * 16 + digit[substr(text, i, 1)]
    return value
}

function without_tone(text) {
    gsub(/̄|́|̌|̀/, "", text) # combining marks
    gsub(/ā|á|ǎ|à/, "a", text)
    gsub(/ē|é|ě|è|ê|ế|ề/, "e", text)
    gsub(/ī|í|ǐ|ì/, "i", text)
    gsub(/ō|ó|ǒ|ò/, "o", text)
    gsub(/ū|ú|ǔ|ù/, "u", text)
    gsub(/ü|ǖ|ǘ|ǚ|ǜ/, "v", text)
    gsub(/ḿ/, "m", text)
    gsub(/ń|ň|ǹ/, "n", text)
    return text
}

function add_syllable(code, text) {
    if (text !~ /^[a-z]+$/ || length(text) > 6)
        fail("line " FNR ": cannot read the syllable \"" text "\"")
    if (!(text in number)) {
        number[text] = syllables
        syllable[syllables++] = text
    }
    if ((code, text) in known)
        return
    known[code, text] = 1
    initial[code, substr(text, 1, 1)] = 1
    members[code] = members[code] " " number[text]
}

# "0149.100,0150.010:chóng,zhòng" or "zhòng(1823)"
function add_readings(code, token,    part, i, count, text) {
    sub(/^.*:/, "", token)
    sub(/\(.*$/, "", token)
    count = split(token, part, ",")
    for (i = 1; i <= count; i++) {
        text = without_tone(part[i])
        add_syllable(code, text)
        if (text ~ /^[ln]ve$/) # typed both ways
            add_syllable(code, substr(text, 1, 1) "ue")
    }
}

/^U\+[3-9][0-9A-F][0-9A-F][0-9A-F]\t(kMandarin|kHanyuPinlu|kHanyuPinyin|kXHC1983|kTGHZ2013)\t/ {
    code = hexadecimal(substr($1, 3))
    if (code < first || code > last)
        next
    tokens = split($3, token, " ")
    for (t = 1; t <= tokens; t++)
        add_readings(code, token[t])
}

function print_sets(    code, i, part, count, start) {
    print "const struct pinyin_set pinyin_sets[] = {\n    {0, 0},"
    sets = 1
    for (code = first; code <= last; code++) {
        if (!(code in members) || members[code] in set)
            continue
        set[members[code]] = sets++
        count = split(members[code], part, " ")
        for (i = 1; i <= count; i++)
            all = all part[i] ","
        all = all "\n"
        print "    {" start + 0 ", " count "},"
        start += count
    }
    print "};\n\nconst uint16_t pinyin_members[] = {\n" all "};\n"
}

# For each letter a bit for each character: whether it may begin one of its readings.
function print_initials(    i, n, byte, code, letter) {
    print "const uint8_t pinyin_initials[26][(PINYIN_LAST - PINYIN_FIRST + 1) / 8] = {"
    for (i = 0; i < 26; i++) {
        letter = substr("abcdefghijklmnopqrstuvwxyz", i + 1, 1)
        printf "    {"
        for (code = first; code <= last; code += 8) {
            byte = 0
            for (n = 7; n >= 0; n--)
                byte = byte * 2 + ((code + n, letter) in initial)
            printf "%d,%s", byte, code % 256 ? "" : "\n"
        }
        print "},"
    }
    print "};\n"
}

END {
    if (failed)
        exit 1
    if (syllables < 400)
        fail("no readings in the input; is unicode-data installed?")
    print "/* Written by core/pinyin_table.awk. */\n#include \"core/pinyin_table.h\"\n"
    print "const size_t pinyin_syllable_count = " syllables ";\n"
    print "const struct pinyin_syllable pinyin_syllables[] = {"
    for (n = 0; n < syllables; n++)
        print "    {\"" syllable[n] "\", " length(syllable[n]) "},"
    print "};\n"
    print_sets()
    print_initials()
    print "const uint16_t pinyin_set_of[PINYIN_LAST - PINYIN_FIRST + 1] = {"
    for (code = first; code <= last; code++)
        printf "%d,%s", (code in members) ? set[members[code]] : 0, code % 24 ? "" : "\n"
    print "\n};"
}
