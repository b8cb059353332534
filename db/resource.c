#include "db/resource.h"
#include "core/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The folder of the running program, without its last `levels` parts. */
static bool program_folder(int levels, struct buffer *out)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0)
        return false;
    path[length] = '\0';
    for (int i = 0; i < levels; i++) {
        char *slash = strrchr(path, '/');
        if (!slash)
            return false;
        *slash = '\0';
    }
    buffer_add(out, path);
    return true;
}

static bool is_readable(const char *path)
{
    return access(path, R_OK) == 0;
}

/* From the program's folder upwards: build/taizhang finds data/ of the source tree, and so do the
 * programs below build/; an installed bin/taizhang finds share/taizhang/ beside bin/. */
static bool beside_program(const char *name, struct buffer *path)
{
    static const char *const folders[] = {"share/taizhang", "data"};
    enum { MAX_LEVELS = 6 };
    for (int levels = 1; levels <= MAX_LEVELS; levels++) {
        for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
            buffer_clear(path);
            if (!program_folder(levels, path))
                return false;
            buffer_addf(path, "/%s/%s", folders[i], name);
            if (is_readable(path->text))
                return true;
        }
    }
    return false;
}

bool resource_path(const char *name, struct buffer *path, struct error *err)
{
    const char *chosen = getenv("TAIZHANG_DATA");
    struct buffer found = {0};
    bool ok = false;
    if (!text_is_empty(chosen)) {
        buffer_addf(&found, "%s/%s", chosen, name);
        ok = is_readable(found.text);
    }
    ok = ok || beside_program(name, &found);
    if (ok)
        buffer_add(path, found.text);
    else
        error_set(err, ERROR_MISSING, "找不到随程序安装的数据文件“%s”，请重新安装程序", name);
    buffer_release(&found);
    return ok;
}

static bool has_line(const struct buffer *lines, const char *line)
{
    size_t length = strlen(line);
    for (const char *at = buffer_text(lines); *at; at = strchr(at, '\n') + 1)
        if (strncmp(at, line, length) == 0 && at[length] == '\n')
            return true;
    return false;
}

static void add_folders(const char *path, struct buffer *names)
{
    struct dirent **entries;
    int count = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (name[0] != '.' && !has_line(names, name))
            buffer_addf(names, "%s\n", name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

void resource_folders(const char *name, struct buffer *names)
{
    const char *chosen = getenv("TAIZHANG_DATA");
    struct buffer path = {0};
    if (beside_program(name, &path))
        add_folders(path.text, names);
    buffer_clear(&path);
    if (!text_is_empty(chosen)) {
        buffer_addf(&path, "%s/%s", chosen, name);
        add_folders(path.text, names);
    }
    buffer_release(&path);
}

static bool read_all(int file, struct buffer *text)
{
    char block[65536];
    ssize_t length;
    while ((length = read(file, block, sizeof block)) > 0)
        buffer_add_bytes(text, block, (size_t)length);
    return length == 0;
}

bool resource_read(const char *name, struct buffer *text, struct error *err)
{
    struct buffer path = {0};
    if (!resource_path(name, &path, err))
        return false;
    int file = open(path.text, O_RDONLY | O_CLOEXEC);
    bool ok = file >= 0 && read_all(file, text);
    if (!ok)
        error_set(err, ERROR_IO, "不能读取“%s”：%s，请检查安装", path.text, strerror(errno));
    if (file >= 0)
        close(file);
    buffer_release(&path);
    return ok;
}
