# Writes core/simplify_table.c from Unihan_Variants.txt (Debian's package unicode-data): traditional
# characters and the simplified ones that stand for them. Runs with LC_ALL=C in any awk.
#
# Where Unihan names several, the first one of the basic plane that is another character: the table
# serves to recognise words that are known, and a wrong pair at worst recognises none.

BEGIN {
    FS = "\t"
    for (i = 0; i < 16; i++)
        digit[substr("0123456789ABCDEF", i + 1, 1)] = i
}

function hexadecimal(text,    i, value) {
    for (i = 1; i <= length(text); i++)
        value = value * 16 + digit[substr(text, i, 1)]
    return value
}

/^U\+[3-9][0-9A-F][0-9A-F][0-9A-F]\tkSimplifiedVariant\t/ {
    count = split($3, target, " ")
    for (t = 1; t <= count; t++)
        if (target[t] != $1 && length(target[t]) == 6) {
            pair[hexadecimal(substr($1, 3))] = hexadecimal(substr(target[t], 3))
            pairs++
            break
        }
}

END {
    if (pairs < 2000) {
        print "simplify_table.awk: no variants in the input; is unicode-data installed?" >"/dev/stderr"
        exit 1
    }
    print "/* Written by core/simplify_table.awk. */\n#include \"core/simplify_table.h\"\n"
    print "const struct simplify_pair simplify_pairs[] = {"
    for (code = 12288; code < 40960; code++)
        if (code in pair)
            print "    {" code ", " pair[code] "},"
    print "};\n\nconst size_t simplify_pair_count = " pairs ";"
}
