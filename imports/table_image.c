#include "imports/table.h"
#include "imports/zip.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Pictures by how they begin (and where a word stands further on). */
static const struct kind {
    const char *ending;
    const char *magic;
    size_t length;
    size_t at; /* of `word` */
    const char *word;
} kinds[] = {
    {"png", "\x89PNG\r\n\x1A\n", 8, 0, ""},
    {"jpeg", "\xFF\xD8\xFF", 3, 0, ""},
    {"gif", "GIF87a", 6, 0, ""},
    {"gif", "GIF89a", 6, 0, ""},
    {"bmp", "BM", 2, 15, "\0\0\0"}, /* the length of its second header, a small number */
    {"tiff", "II*\0", 4, 0, ""},
    {"tiff", "MM\0*", 4, 0, ""},
    {"webp", "RIFF", 4, 8, "WEBP"},
    {"emf", "\1\0\0\0", 4, 40, " EMF"},
    {"wmf", "\xD7\xCD\xC6\x9A", 4, 0, ""},
    {"wmf", "\1\0\t\0\0\3", 6, 0, ""},
};

enum { HEAD_SIZE = 64, BLOCK_SIZE = 1 << 16, BMP_WORD = 3 };

static const char *ending_of(const char *head, size_t length)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const struct kind *kind = &kinds[i];
        size_t word = kind->at && !*kind->word ? BMP_WORD : strlen(kind->word);
        if (length >= HEAD_SIZE && memcmp(head, kind->magic, kind->length) == 0 &&
            memcmp(head + kind->at, kind->word, word) == 0)
            return kind->ending;
    }
    return NULL;
}

static bool refuse_write(struct error *err)
{
    return error_set(err, ERROR_IO, "无法保存图片，请检查磁盘空间和文件夹权限后重试");
}

static bool write_block(int target, const char *bytes, size_t length, struct error *err)
{
    while (length > 0) {
        ssize_t written = write(target, bytes, length);
        if (written <= 0)
            return refuse_write(err);
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* Reads until the block is full or the part ends. */
static bool read_block(struct zip *zip, char *block, size_t *length, struct error *err)
{
    *length = 0;
    for (size_t got = 1; got > 0 && *length < BLOCK_SIZE; *length += got)
        if (!zip_read(zip, block + *length, BLOCK_SIZE - *length, &got, err))
            return false;
    return true;
}

/* Copies the open part from its first `block` on into a new file at `path`. */
static bool copy(struct zip *zip, char *block, size_t length, const char *path, struct error *err)
{
    int target = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (target < 0)
        return refuse_write(err);
    size_t total = length;
    bool done = write_block(target, block, length, err);
    while (done && length > 0) {
        done = read_block(zip, block, &length, err) && write_block(target, block, length, err);
        total += length;
        if (done && total > TABLE_MAX_IMAGE_FILE)
            done = error_set(err, ERROR_FORMAT, "图片超过 %d MB，请压缩后再放进表格",
                             TABLE_MAX_IMAGE_FILE >> 20);
    }
    if (close(target) != 0 && done)
        done = refuse_write(err);
    if (!done)
        unlink(path);
    return done;
}

void table_name_image(const struct table *table, size_t index, const char *ending,
                      struct buffer *name)
{
    buffer_addf(name, "第%u行图片%zu.%s", table->images[index].row, index + 1, ending);
}

static bool save(const struct table *table, size_t index, const char *folder, struct buffer *path,
                 struct error *err)
{
    char block[BLOCK_SIZE];
    size_t length;
    struct zip *zip = table->archive;
    if (!read_block(zip, block, &length, err))
        return false;
    const char *ending = ending_of(block, length);
    if (!ending)
        return error_set(err, ERROR_FORMAT,
                         "不是常用格式的图片（png、jpeg、gif、bmp、tiff、webp、emf、wmf），"
                         "请换成照片再导入");
    buffer_addf(path, "%s/", folder);
    table_name_image(table, index, ending, path);
    return copy(zip, block, length, path->text, err);
}

bool table_save_image(const struct table *table, size_t index, const char *folder,
                      struct buffer *path, struct error *err)
{
    struct buffer target = {0};
    struct error problem = {0};
    bool done = zip_begin_part(table->archive, table->images[index].part, &problem);
    if (done) {
        done = save(table, index, folder, &target, &problem);
        if (!done)
            zip_abandon_part(table->archive);
        else if (!zip_end_part(table->archive, &problem)) {
            unlink(target.text);
            done = false;
        }
    }
    if (done)
        buffer_add(path, target.text);
    else
        error_set(err, problem.code, "第 %u 行的图片：%s", table->images[index].row,
                  problem.message);
    buffer_release(&target);
    return done;
}
