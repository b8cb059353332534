#include "exports/heading_path.h"
#include "exports/sink.h"

#include "core/text.h"

#include <string.h>

static bool is_escaped(const char *at)
{
    return at[0] == '\\' && at[1] == '/';
}

/* Bytes of the first name of `path`. */
static size_t name_length(const char *path)
{
    size_t length = 0;
    while (path[length] && path[length] != '/')
        length += is_escaped(path + length) ? 2 : 1;
    return length;
}

/* Bytes up to the end of level `level`, which the path has. */
static size_t length_to(const char *path, size_t level)
{
    size_t length = name_length(path);
    while (level-- > 0)
        length += 1 + name_length(path + length + 1);
    return length;
}

size_t heading_path_levels(const char *path)
{
    if (text_is_empty(path))
        return 0;
    size_t levels = 1;
    for (path += name_length(path); *path; path += name_length(path)) {
        path++;
        levels++;
    }
    return levels;
}

void heading_path_add_name(const char *path, size_t level, struct buffer *out)
{
    const char *at = level ? path + length_to(path, level - 1) + 1 : path;
    const char *end = path + length_to(path, level);
    for (; at < end; at++)
        if (!is_escaped(at))
            buffer_add_char(out, *at);
}

bool heading_path_is_shared(const char *a, const char *b, size_t level)
{
    if (heading_path_levels(a) <= level || heading_path_levels(b) <= level)
        return false;
    size_t length = length_to(a, level);
    return length == length_to(b, level) && memcmp(a, b, length) == 0;
}

void heading_path_add_names(const char *path, const char *separator, struct buffer *out)
{
    size_t levels = heading_path_levels(path);
    for (size_t i = 0; i < levels; i++) {
        heading_path_add_name(path, i, out);
        buffer_add(out, separator);
    }
}

void heading_path_extend(struct buffer *path, const char *name)
{
    buffer_add(path, path->length ? "/" : "");
    for (; *name; name++) {
        buffer_add(path, *name == '/' ? "\\" : "");
        buffer_add_char(path, *name);
    }
}

bool heading_path_is_good(const char *path)
{
    size_t levels = heading_path_levels(path);
    for (size_t i = 0; i < levels; i++)
        if (length_to(path, i) == (i ? length_to(path, i - 1) + 1 : 0))
            return false;
    return levels < SINK_HEADING_ROWS;
}
