#include "tui/screens/file_names.h"

#include "core/mem.h"
#include "core/text.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { NAMES_MOST = 500 };

void file_names_expand(const char *text, struct buffer *path)
{
    text += strspn(text, " ");
    size_t length = strlen(text);
    while (length && text[length - 1] == ' ')
        length--;
    bool quoted = length >= 2 && (*text == '\'' || *text == '"') && text[length - 1] == *text;
    const char *home = getenv("HOME");
    if (quoted) {
        text++;
        length -= 2;
    }
    if (length && text[0] == '~' && (length == 1 || text[1] == '/') && home) {
        buffer_add(path, home);
        text++;
        length--;
    }
    buffer_add_bytes(path, text, length);
}

static bool has_suffix(const char *name, const char *const *suffixes)
{
    size_t length = strlen(name);
    for (; suffixes && *suffixes; suffixes++) {
        size_t end = strlen(*suffixes);
        if (length > end && strcasecmp(name + length - end, *suffixes) == 0)
            return true;
    }
    return false;
}

static bool is_folder(const char *folder, const char *name)
{
    struct stat info;
    struct buffer path = {0};
    buffer_addf(&path, "%s/%s", folder, name);
    bool is = stat(path.text, &info) == 0 && S_ISDIR(info.st_mode);
    buffer_release(&path);
    return is;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names in `folder` that begin with `start`, folders with a slash; sorted, owned. */
static char **read_names(const char *folder, const char *start, const char *const *suffixes,
                         size_t *count)
{
    DIR *dir = opendir(*folder ? folder : ".");
    char **names = NULL;
    size_t capacity = 0;
    *count = 0;
    for (struct dirent *entry; dir && *count < NAMES_MOST && (entry = readdir(dir));) {
        const char *name = entry->d_name;
        bool hidden = name[0] == '.' && start[0] != '.';
        bool safe = text_is_utf8(name, strlen(name)) && !strchr(name, '\n');
        if (hidden || !safe || !text_starts_with(name, start) || strcmp(name, ".") == 0)
            continue;
        bool is_dir = is_folder(*folder ? folder : ".", name);
        if (!is_dir && !has_suffix(name, suffixes))
            continue;
        struct buffer text = {0};
        buffer_addf(&text, "%s%s", name, is_dir ? "/" : "");
        names = mem_grow(names, *count, &capacity, sizeof *names);
        names[(*count)++] = buffer_take(&text);
    }
    if (dir)
        closedir(dir);
    if (*count)
        qsort(names, *count, sizeof *names, compare_names);
    return names;
}

void file_names_suggest(void *suffixes, const char *text, struct buffer *lines)
{
    struct buffer path = {0};
    size_t count;
    file_names_expand(text, &path);
    const char *whole = buffer_text(&path);
    const char *slash = strrchr(whole, '/');
    size_t length = slash ? (size_t)(slash - whole) + 1 : 0;
    char *folder = mem_text_part(whole, length);
    char **names = read_names(folder, whole + length, suffixes, &count);
    for (size_t i = 0; i < count; i++) {
        buffer_addf(lines, "%s%s%s", lines->length ? "\n" : "", folder, names[i]);
        free(names[i]);
    }
    free(names);
    free(folder);
    buffer_release(&path);
}

bool file_names_may_replace(struct app *app, const char *path)
{
    static const char *const answers[] = {"不替换，改一个名字", "替换原来的文件", NULL};
    struct stat info;
    if (stat(path, &info) != 0 || S_ISDIR(info.st_mode))
        return true;
    struct buffer question = {0};
    buffer_addf(&question, "“%s”已经存在。要替换吗？", path);
    bool yes = app_ask(app, question.text, answers) == 1;
    buffer_release(&question);
    return yes;
}
