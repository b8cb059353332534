#include "db/attachment.h"
#include "core/mem.h"
#include "core/text.h"
#include "db/digest.h"
#include "db/internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_DIGITS = 2, BLOCK_BYTES = 1 << 16 };

/* What is being copied. Only the one who has the store copies, so the name is free, and what a
 * killed process left under it is written over. */
static const char part_name[] = "incoming.part";

/* ---- places ---- */

void attachment_folder(const struct store *store, struct buffer *path)
{
    /* A link to the data file leads to the same files. */
    char *resolved = realpath(store->path, NULL);
    buffer_addf(path, "%s.files", resolved ? resolved : store->path);
    free(resolved);
}

void attachment_path(const struct store *store, const char *sha256, struct buffer *path)
{
    if (!text_is_sha256(sha256))
        return;
    attachment_folder(store, path);
    buffer_addf(path, "/%.*s/%s", FOLDER_DIGITS, sha256, sha256);
}

bool attachment_sum(const char *path, char sha256[ATTACHMENT_HASH_SIZE])
{
    unsigned char block[BLOCK_BYTES];
    struct digest *digest;
    ssize_t length = -1;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return false;
    digest_open(&digest);
    while ((length = read(file, block, sizeof block)) > 0 || (length < 0 && errno == EINTR))
        if (length > 0)
            digest_add(digest, block, (size_t)length);
    close(file);
    digest_close(&digest, sha256);
    return length == 0;
}

bool attachment_is_whole(const struct store *store, const char *sha256)
{
    struct buffer path = {0};
    char found[ATTACHMENT_HASH_SIZE];
    attachment_path(store, sha256, &path);
    bool whole = path.length && attachment_sum(path.text, found) && strcmp(found, sha256) == 0;
    buffer_release(&path);
    return whole;
}

bool attachment_has(const struct store *store, const char *sha256, uint64_t *bytes)
{
    struct buffer path = {0};
    struct stat info;
    attachment_path(store, sha256, &path);
    bool has = path.length && stat(path.text, &info) == 0 && S_ISREG(info.st_mode) &&
               info.st_size > 0 && access(path.text, R_OK) == 0;
    if (has && bytes)
        *bytes = (uint64_t)info.st_size;
    buffer_release(&path);
    return has;
}

static size_t count_in(int folder, const char *name)
{
    size_t count = 0;
    int file = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = file < 0 ? NULL : fdopendir(file);
    for (struct dirent *entry; listing && (entry = readdir(listing));)
        count += text_is_sha256(entry->d_name);
    if (listing)
        closedir(listing);
    return count;
}

size_t attachment_count(const struct store *store)
{
    size_t count = 0;
    struct buffer path = {0};
    attachment_folder(store, &path);
    DIR *listing = opendir(path.text);
    for (struct dirent *entry; listing && (entry = readdir(listing));)
        if (strlen(entry->d_name) == FOLDER_DIGITS)
            count += count_in(dirfd(listing), entry->d_name);
    if (listing)
        closedir(listing);
    buffer_release(&path);
    return count;
}

/* ---- the file that is added ---- */

static bool refuse_source(const char *path, int code, struct error *err)
{
    static const struct {
        int code;
        enum error_code kind;
        const char *sentence;
    } reasons[] = {
        {ENOENT, ERROR_MISSING, "没有这个文件，请核对路径和文件名"},
        {ENOTDIR, ERROR_MISSING, "路径中有一段不是文件夹，请改正路径"},
        {EACCES, ERROR_REFUSED, "没有读取权限，请换一个文件，或请管理员开放权限"},
        {EPERM, ERROR_REFUSED, "没有读取权限，请换一个文件，或请管理员开放权限"},
        {ELOOP, ERROR_REFUSED, "链接绕成了圈，请选原来的文件"},
        {ENAMETOOLONG, ERROR_REFUSED, "路径太长，请先把文件复制到近一点的文件夹"},
    };
    for (size_t i = 0; i < COUNT_OF(reasons); i++)
        if (reasons[i].code == code)
            return error_set(err, reasons[i].kind, "不能添加附件“%s”：%s", path,
                             reasons[i].sentence);
    return error_set(err, ERROR_IO, "不能添加附件“%s”：读取出错（%s），请换一个文件", path,
                     strerror(code));
}

static bool refuse_size(const char *path, bool is_empty, struct error *err)
{
    if (is_empty)
        return error_set(err, ERROR_REFUSED, "不能添加附件“%s”：文件是空的，请换一个文件", path);
    return error_set(err, ERROR_REFUSED, "不能添加附件“%s”：文件超过 %d MB，请压缩或拆开后再添加",
                     path, ATTACHMENT_MOST_MB);
}

static bool is_too_large(uint64_t bytes)
{
    return bytes > (uint64_t)ATTACHMENT_MOST_MB << 20;
}

static bool check_source(const char *path, const struct stat *info, struct error *err)
{
    if (S_ISDIR(info->st_mode))
        return error_set(err, ERROR_REFUSED, "不能添加附件“%s”：这是文件夹，请写明其中的文件",
                         path);
    if (!S_ISREG(info->st_mode))
        return error_set(err, ERROR_REFUSED, "不能添加附件“%s”：它不是普通文件，请换一个文件",
                         path);
    if (info->st_size <= 0 || is_too_large((uint64_t)info->st_size))
        return refuse_size(path, info->st_size <= 0, err);
    return true;
}

/* Looks before it opens: opening a device may already do something. */
static int open_source(const char *path, struct error *err)
{
    struct stat info;
    if (stat(path, &info) != 0) {
        refuse_source(path, errno, err);
        return -1;
    }
    if (!check_source(path, &info, err))
        return -1;
    int source = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (source < 0) {
        refuse_source(path, errno, err);
        return -1;
    }
    if (fstat(source, &info) == 0 && check_source(path, &info, err))
        return source;
    close(source);
    return -1;
}

bool attachment_accepts(const char *path, struct error *err)
{
    int source = open_source(path, err);
    if (source >= 0)
        close(source);
    return source >= 0;
}

/* ---- the copy ---- */

static bool refuse_target(const char *folder, int code, struct error *err)
{
    static const struct {
        int code;
        const char *sentence;
    } reasons[] = {
        {ENOSPC, "磁盘已满，请清理后再添加"},
        {EDQUOT, "磁盘配额已用完，请清理后再添加"},
        {EFBIG, "文件超过了系统允许的大小，请压缩后再添加"},
        {EACCES, "没有写入权限，请管理员开放权限"},
        {EPERM, "没有写入权限，请管理员开放权限"},
        {EROFS, "所在的盘是只读的，请把数据文件移到别的盘"},
        {ENOTDIR, "它不是文件夹，请把占用这个名称的文件移开"},
        {EEXIST, "它不是文件夹，请把占用这个名称的文件移开"},
        {EISDIR, "其中有一个文件夹占用了附件的名称，请把它移开"},
    };
    for (size_t i = 0; i < COUNT_OF(reasons); i++)
        if (reasons[i].code == code)
            return error_set(err, ERROR_IO, "不能把附件存进“%s”：%s", folder, reasons[i].sentence);
    return error_set(err, ERROR_IO, "不能把附件存进“%s”：磁盘写入出错（%s），请检查磁盘", folder,
                     strerror(code));
}

static bool make_folder(const char *path, struct error *err)
{
    struct stat info;
    if (mkdir(path, 0700) == 0)
        return sync_folder_of(path, err);
    int code = errno;
    return (code == EEXIST && stat(path, &info) == 0 && S_ISDIR(info.st_mode)) ||
           refuse_target(path, code, err);
}

static bool write_block(int target, const unsigned char *block, size_t length)
{
    while (length) {
        ssize_t written = write(target, block, length);
        if (written < 0 && errno != EINTR)
            return false;
        size_t done = written > 0 ? (size_t)written : 0;
        block += done;
        length -= done;
    }
    return true;
}

struct copying {
    const char *path; /* of the source */
    const char *folder;
    int source, target;
};

/* A photo that the camera is still writing, or that was cut while it was read, is no proof. */
static bool is_whole(int source, uint64_t bytes)
{
    struct stat info;
    return fstat(source, &info) == 0 && (uint64_t)info.st_size == bytes;
}

static bool copy_blocks(const struct copying *copying, struct digest *digest, uint64_t *bytes,
                        struct error *err)
{
    unsigned char block[BLOCK_BYTES];
    ssize_t length;
    *bytes = 0;
    while ((length = read(copying->source, block, sizeof block)) != 0) {
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            return refuse_source(copying->path, errno, err);
        *bytes += (uint64_t)length;
        if (is_too_large(*bytes))
            return refuse_size(copying->path, false, err);
        digest_add(digest, block, (size_t)length);
        if (!write_block(copying->target, block, (size_t)length))
            return refuse_target(copying->folder, errno, err);
    }
    return *bytes > 0 || refuse_size(copying->path, true, err);
}

/* The sum is of what was written, also when somebody changes the source meanwhile. */
static bool copy_and_hash(const struct copying *copying, struct attachment_file *file,
                          struct error *err)
{
    struct digest *digest;
    digest_open(&digest);
    bool ok = copy_blocks(copying, digest, &file->bytes, err);
    digest_close(&digest, file->sha256);
    if (!ok)
        return false;
    return is_whole(copying->source, file->bytes) ||
           error_set(err, ERROR_REFUSED, "不能添加附件“%s”：复制时文件还在变，请等它存完再添加",
                     copying->path);
}

/* Whether an undamaged copy stands in its place, and no link to what lies elsewhere. */
static bool has_copy(const struct store *store, const char *sha256)
{
    struct buffer path = {0};
    struct stat info;
    attachment_path(store, sha256, &path);
    bool has =
        lstat(path.text, &info) == 0 && S_ISREG(info.st_mode) && attachment_is_whole(store, sha256);
    buffer_release(&path);
    return has;
}

/* *is_kept tells that the same file is kept already and undamaged: then the part need not reach the
 * disk, which is what takes time. */
static bool write_part(const struct store *store, const struct copying *from, const char *part,
                       struct attachment_file *file, bool *is_kept, struct error *err)
{
    struct copying copying = *from;
    if (unlink(part) != 0 && errno != ENOENT)
        return refuse_target(copying.folder, errno, err);
    copying.target = open(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (copying.target < 0)
        return refuse_target(copying.folder, errno, err);
    bool ok = copy_and_hash(&copying, file, err);
    *is_kept = ok && has_copy(store, file->sha256);
    if (ok && !*is_kept && fsync(copying.target) != 0)
        ok = refuse_target(copying.folder, errno, err);
    if (close(copying.target) != 0 && ok)
        ok = refuse_target(copying.folder, errno, err);
    return ok;
}

/* Takes the place of an older copy: that may have been damaged meanwhile. */
static bool give_name(struct store *store, const char *part, struct attachment_file *file,
                      struct error *err)
{
    struct buffer path = {0};
    attachment_path(store, file->sha256, &path);
    file->is_new = access(path.text, F_OK) != 0;
    char *folder = mem_text_part(path.text, path.length - strlen(file->sha256) - 1);
    bool ok = make_folder(folder, err) &&
              (rename(part, path.text) == 0 || refuse_target(folder, errno, err)) &&
              sync_folder_of(path.text, err);
    free(folder);
    buffer_release(&path);
    return ok;
}

/* The last part of the path, as text that a record can hold. */
static void set_name(const char *path, struct attachment_file *file)
{
    struct buffer name = {0};
    const char *slash = strrchr(path, '/');
    text_add_visible(slash ? slash + 1 : path, false, &name);
    snprintf(file->name, sizeof file->name, "%s", buffer_text(&name));
    text_cut_bytes(file->name, sizeof file->name - 1);
    buffer_release(&name);
}

bool attachment_keep(struct store *store, const char *path, struct attachment_file *file,
                     struct error *err)
{
    if (!store->writable)
        return error_set(err, ERROR_BUSY, "现在是只读查看，不能添加附件");
    struct buffer folder = {0}, part = {0};
    struct copying copying = {.path = path, .source = open_source(path, err)};
    if (copying.source < 0)
        return false;
    attachment_folder(store, &folder);
    buffer_addf(&part, "%s/%s", folder.text, part_name);
    copying.folder = folder.text;
    bool is_kept = false;
    bool ok = make_folder(folder.text, err) &&
              write_part(store, &copying, part.text, file, &is_kept, err) &&
              (is_kept || give_name(store, part.text, file, err));
    if (!ok || is_kept)
        unlink(part.text);
    if (is_kept)
        file->is_new = false;
    close(copying.source);
    set_name(path, file);
    buffer_release(&folder);
    buffer_release(&part);
    return ok;
}

/* ---- the record ---- */

/* Fills the fields that describe the file in `field`; `file` NULL: there is none. */
static void describe(struct record *record, const struct field *field,
                     const struct attachment_file *file)
{
    for (struct field_walk walk = {.reg = record->reg}; reg_walk(&walk);) {
        if (!walk.field->describes || strcmp(walk.field->describes, field->name) != 0)
            continue;
        char text[ATTACHMENT_NAME_SIZE] = "";
        bool is_name = walk.field->type != TYPE_INTEGER;
        if (file && is_name && !file->name[0])
            continue;
        if (file && is_name)
            snprintf(text, sizeof text, "%s", file->name);
        else if (file && file->bytes)
            snprintf(text, sizeof text, "%" PRIu64, file->bytes);
        /* A name that the field cannot hold is no reason to refuse the file. */
        record_set_text(record, walk.index, text, NULL, NULL);
    }
}

bool attachment_put(struct record *record, size_t index, const struct attachment_file *file,
                    struct error *err)
{
    if (!record_set_text(record, index, file->sha256, NULL, err))
        return false;
    describe(record, reg_field(record->reg, index), file);
    return true;
}

bool attachment_add(struct store *store, struct record *record, size_t index, const char *path,
                    struct attachment_file *file, struct error *err)
{
    const struct field *field = reg_field(record->reg, index);
    if (!attachment_keep(store, path, file, err))
        return error_at_field(err, field->name, field->basis);
    return attachment_put(record, index, file, err);
}

bool attachment_set_text(struct store *store, struct record *record, size_t index, const char *text,
                         struct error *err)
{
    const struct field *field = reg_field(record->reg, index);
    if (field->type != TYPE_ATTACHMENT)
        return record_set_text(record, index, text, &store->lookup, err);
    struct attachment_file file = {.bytes = 0};
    if (!text_is_empty(text) && !text_is_sha256(text))
        return attachment_add(store, record, index, text, &file, err);
    if (!record_set_text(record, index, text, NULL, err))
        return false;
    attachment_has(store, text, &file.bytes);
    describe(record, field, text_is_empty(text) ? NULL : &file);
    return true;
}

/* ---- copies that nobody needs ---- */

static int compare_sums(const void *a, const void *b)
{
    return memcmp(a, b, ATTACHMENT_HASH_SIZE);
}

struct unused {
    char (*sums)[ATTACHMENT_HASH_SIZE]; /* sorted */
    bool *used;
    size_t count;
};

/* Marks the sums that the statement's first column gives, and ends it. */
static bool mark_used(struct store *store, const char *sql, struct unused *unused,
                      struct error *err)
{
    sqlite3_stmt *select;
    bool row = false, ok = sql_prepare(store->db, sql, &select, err);
    while (ok && (ok = sql_step(select, &row, err)) && row) {
        char sum[ATTACHMENT_HASH_SIZE] = "";
        strncpy(sum, sql_column_text(select, 0), sizeof sum - 1);
        char(*found)[ATTACHMENT_HASH_SIZE] =
            bsearch(sum, unused->sums, unused->count, sizeof sum, compare_sums);
        if (found)
            unused->used[found - unused->sums] = true;
    }
    sqlite3_finalize(select);
    return ok;
}

static bool mark_all_used(struct store *store, struct unused *unused, struct error *err)
{
    struct buffer sql = {0};
    bool ok = mark_used(store, "SELECT text FROM draft", unused, err);
    for (size_t i = 0; ok && i < register_count; i++) {
        for (struct field_walk walk = {.reg = registers[i]}; ok && reg_walk(&walk);) {
            const char *name = walk.field->name;
            if (walk.field->type != TYPE_ATTACHMENT || !field_is_stored(walk.field))
                continue;
            buffer_clear(&sql);
            buffer_addf(&sql, "SELECT \"%s\" FROM \"%s\" WHERE \"%s\" IS NOT NULL", name,
                        registers[i]->name, name);
            ok = mark_used(store, sql.text, unused, err);
        }
    }
    buffer_release(&sql);
    return ok;
}

/* The folders go with their last file. */
static void remove_kept(const struct store *store, const char *sha256)
{
    struct buffer path = {0};
    attachment_path(store, sha256, &path);
    if (path.length && unlink(path.text) == 0) {
        *strrchr(path.text, '/') = '\0';
        rmdir(path.text);
    }
    buffer_release(&path);
}

bool attachment_remove_unused(struct store *store, char (*sums)[ATTACHMENT_HASH_SIZE], size_t count,
                              struct error *err)
{
    struct unused unused = {.sums = mem_new(count + 1, sizeof *unused.sums),
                            .used = mem_new(count + 1, sizeof *unused.used),
                            .count = count};
    struct buffer path = {0};
    memcpy(unused.sums, sums, count * sizeof *sums);
    qsort(unused.sums, count, sizeof *unused.sums, compare_sums);
    unused.count = 0;
    for (size_t i = 0; i < count; i++)
        if (i == 0 || compare_sums(unused.sums[unused.count - 1], unused.sums[i]) != 0)
            memmove(unused.sums[unused.count++], unused.sums[i], sizeof *unused.sums);
    bool ok = mark_all_used(store, &unused, err);
    for (size_t i = 0; ok && i < unused.count; i++)
        if (!unused.used[i])
            remove_kept(store, unused.sums[i]);
    attachment_folder(store, &path);
    if (ok)
        rmdir(path.text);
    buffer_release(&path);
    free(unused.sums);
    free(unused.used);
    return ok;
}
