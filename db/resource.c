#include "db/resource.h"
#include "core/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

/* Also what cannot be read: a bureau's own file is not silently passed over. */
static bool is_there(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
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

void resource_user_folder(struct buffer *path)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (!text_is_empty(data))
        buffer_addf(path, "%s/taizhang", data);
    else
        buffer_addf(path, "%s/.local/share/taizhang", text_is_empty(home) ? "." : home);
}

/* Folders that go before the program's own, in this order. */
enum { ABOVE_FOLDERS = 2 };

/* The path of `name` in one of them, whether it is there or not; false without such a folder. */
static bool above_program(size_t folder, const char *name, struct buffer *path)
{
    const char *chosen = getenv("TAIZHANG_DATA");
    buffer_clear(path);
    if (folder == 0 && text_is_empty(chosen))
        return false;
    if (folder == 0)
        buffer_add(path, chosen);
    else
        resource_user_folder(path);
    buffer_addf(path, "/%s", name);
    return true;
}

bool resource_path(const char *name, struct buffer *path, struct error *err)
{
    struct buffer found = {0};
    bool ok = false;
    for (size_t i = 0; !ok && i < ABOVE_FOLDERS; i++)
        ok = above_program(i, name, &found) && is_there(found.text);
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

static void add_entries(const char *path, struct buffer *names)
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

void resource_entries(const char *name, struct buffer *names)
{
    struct buffer path = {0};
    if (beside_program(name, &path))
        add_entries(path.text, names);
    for (size_t i = ABOVE_FOLDERS; i-- > 0;)
        if (above_program(i, name, &path))
            add_entries(path.text, names);
    buffer_release(&path);
}

static bool refuse(const char *path, int code, struct error *err)
{
    const char *sentence = code == EACCES || code == EPERM ? "没有读取权限，请管理员开放权限"
                           : code == ELOOP                 ? "链接绕成了圈，请换成文件"
                           : code == ENOENT ? "链接指向的文件不存在，请换成文件"
                                            : "读取时出错，请检查磁盘";
    return error_set(err, ERROR_IO, "不能读取“%s”：%s", path, sentence);
}

static bool check_kind(int file, const char *path, struct error *err)
{
    struct stat info;
    if (fstat(file, &info) != 0)
        return refuse(path, errno, err);
    if (!S_ISREG(info.st_mode))
        return error_set(err, ERROR_FORMAT, "“%s”不是文件，请换成 CSV 文件", path);
    return info.st_size <= (off_t)RESOURCE_MOST_MB << 20 ||
           error_set(err, ERROR_FORMAT, "“%s”超过 %d MB，请删去多余的内容", path, RESOURCE_MOST_MB);
}

static bool read_all(int file, const char *path, struct buffer *text, struct error *err)
{
    char block[65536];
    ssize_t length;
    while ((length = read(file, block, sizeof block)) > 0)
        buffer_add_bytes(text, block, (size_t)length);
    if (length < 0)
        return refuse(path, errno, err);
    buffer_add(text, "");
    if (!text_is_utf8(text->text, text->length))
        return error_set(err, ERROR_FORMAT, "%s 不是 UTF-8 编码，请在表格软件中另存为“CSV UTF-8”",
                         path);
    return strlen(text->text) == text->length ||
           error_set(err, ERROR_FORMAT, "%s 中有空字符，文件可能已损坏，请重新保存", path);
}

bool resource_read_file(const char *path, struct buffer *text, struct error *err)
{
    /* Opening a pipe must not wait for somebody who writes into it. */
    int file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT && !is_there(path))
        return error_set(err, ERROR_MISSING, "文件“%s”不存在，请检查路径和文件名", path);
    bool ok = file >= 0 || refuse(path, errno, err);
    ok = ok && check_kind(file, path, err) && read_all(file, path, text, err);
    if (file >= 0)
        close(file);
    return ok;
}

bool resource_read(const char *name, struct buffer *text, struct error *err)
{
    struct buffer path = {0};
    bool ok = resource_path(name, &path, err) && resource_read_file(path.text, text, err);
    buffer_release(&path);
    return ok;
}
