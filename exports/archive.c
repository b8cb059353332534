#include "exports/archive.h"

#include "core/date.h"
#include "core/mem.h"
#include "core/text.h"
#include "exports/file.h"
#include "imports/zip.h"

#include <errno.h>
#include <minizip/zip.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { CHUNK = 1 << 16, NAME_BYTES = 180, SUFFIX_BYTES = 12 };

struct names {
    char **items; /* owned */
    size_t count, capacity;
};

struct archive {
    struct file *file;
    zipFile zip; /* NULL once it is closed */
    zip_fileinfo info;
    struct names taken, added, scratch;
};

static void names_add(struct names *names, const char *name)
{
    names->items = mem_grow(names->items, names->count, &names->capacity, sizeof *names->items);
    names->items[names->count++] = mem_text(name);
}

static void names_release(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->items[i]);
    free(names->items);
}

/* Archives keep the wall-clock time of a date and a number of seconds of that day. */
static tm_zip time_of(int64_t created)
{
    enum { DAY = 86400 };
    const struct date day = date_from_days((int)(created / DAY));
    const int second = (int)(created % DAY);
    return (tm_zip){.tm_sec = (uInt)(second % 60),
                    .tm_min = (uInt)(second / 60 % 60),
                    .tm_hour = (uInt)(second / 3600),
                    .tm_mday = (uInt)day.day,
                    .tm_mon = (uInt)day.month - 1,
                    .tm_year = (uInt)day.year};
}

bool archive_open(struct archive **out, const char *target, int64_t created, struct error *err)
{
    enum { REGULAR_FILE = 0100644 };
    struct archive *archive = mem_new(1, sizeof *archive);
    *out = NULL;
    if (!file_open(&archive->file, target, err)) {
        free(archive);
        return false;
    }
    archive->info.tmz_date = time_of(created);
    archive->info.external_fa = (uLong)REGULAR_FILE << 16;
    archive->zip = zipOpen64(file_part(archive->file), APPEND_STATUS_CREATE);
    if (!archive->zip) {
        file_fail(archive->file, errno ? errno : EIO, err);
        archive_abort(&archive);
        return false;
    }
    *out = archive;
    return true;
}

void archive_scratch(struct archive *archive, const char *name, struct buffer *path)
{
    size_t start = path->length;
    buffer_addf(path, "%s.%s", file_part(archive->file), name);
    names_add(&archive->scratch, path->text + start);
}

/* ---- names ---- */

/* Names that a file of Windows cannot have, whatever its ending. */
static bool is_reserved(const char *name)
{
    static const char *const words[] = {"CON", "PRN", "AUX", "NUL"};
    size_t length = strcspn(name, ".");
    while (length > 0 && name[length - 1] == ' ')
        length--;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (length == 3 && strncasecmp(name, words[i], 3) == 0)
            return true;
    return length == 4 && name[3] >= '0' && name[3] <= '9' &&
           (strncasecmp(name, "COM", 3) == 0 || strncasecmp(name, "LPT", 3) == 0);
}

/* Without what a file system, a shell or a screen could take for something else. */
static void clean_name(const char *wanted, struct buffer *out)
{
    for (size_t step; *wanted; wanted += step) {
        uint32_t code = text_decode(wanted, &step);
        bool bad = text_is_control(code) || (code < 0x80 && strchr("/\\:*?\"<>|", (int)code));
        if ((code == ' ' || code == '.') && out->length == 0)
            continue;
        if (bad)
            buffer_add_char(out, '_');
        else
            buffer_add_bytes(out, wanted, step);
    }
    while (out->length && (out->text[out->length - 1] == ' ' || out->text[out->length - 1] == '.'))
        out->text[--out->length] = '\0';
    if (!out->length)
        buffer_add(out, "未命名");
}

/* Where the ending of a name begins: behind it there is nothing but a few letters and digits. */
static size_t ending_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    size_t length = strlen(name);
    if (!dot || dot == name || length - (size_t)(dot - name) > SUFFIX_BYTES)
        return length;
    return (size_t)(dot - name);
}

static bool is_taken(const struct archive *archive, const char *name)
{
    for (size_t i = 0; i < archive->taken.count; i++)
        if (strcasecmp(archive->taken.items[i], name) == 0)
            return true;
    return false;
}

void archive_take_name(struct archive *archive, const char *wanted, struct buffer *name)
{
    struct buffer clean = {0}, full = {0};
    clean_name(wanted, &clean);
    size_t length = ending_of(clean.text);
    char *stem = mem_text_part(clean.text, length);
    text_cut_bytes(stem, NAME_BYTES);
    const char *guard = is_reserved(stem) ? "_" : "";
    buffer_addf(&full, "%s%s%s", guard, stem, clean.text + length);
    for (int i = 2; is_taken(archive, full.text); i++) {
        buffer_clear(&full);
        buffer_addf(&full, "%s%s(%d)%s", guard, stem, i, clean.text + length);
    }
    names_add(&archive->taken, full.text);
    buffer_add(name, full.text);
    free(stem);
    buffer_release(&clean);
    buffer_release(&full);
}

/* ---- files ---- */

static bool fail(const struct archive *archive, struct error *err)
{
    return file_fail(archive->file, errno ? errno : EIO, err);
}

static bool copy(struct archive *archive, FILE *source, const char *path,
                 struct archive_entry *entry, struct error *err)
{
    char *chunk = mem_new(CHUNK, 1);
    struct digest *digest;
    bool ok = true;
    size_t length;
    digest_open(&digest);
    entry->bytes = 0;
    while (ok && (length = fread(chunk, 1, CHUNK, source)) > 0) {
        digest_add(digest, chunk, length);
        entry->bytes += length;
        ok = zipWriteInFileInZip(archive->zip, chunk, (unsigned)length) == ZIP_OK ||
             fail(archive, err);
    }
    digest_close(&digest, entry->sha256);
    if (ok && ferror(source))
        ok = error_set(err, ERROR_IO, "读不了“%s”，请检查磁盘", path);
    free(chunk);
    return ok;
}

/* Photos and documents are packed already; what is stored as it is does not depend on the version
 * of the library that packs. Flag 11 says that the name is UTF-8. */
bool archive_add(struct archive *archive, const char *name, const char *path,
                 struct archive_entry *entry, struct error *err)
{
    enum { STORED = 0, UNIX = 3 << 8, UTF8 = 1 << 11 };
    errno = 0;
    FILE *source = fopen(path, "rb");
    if (!source)
        return error_set(err, ERROR_IO, "打不开“%s”，请检查文件还在不在、能不能读", path);
    bool ok = zipOpenNewFileInZip4_64(archive->zip, name, &archive->info, NULL, 0, NULL, 0, NULL,
                                      STORED, 0, 0, -MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY,
                                      NULL, 0, UNIX, UTF8, 0) == ZIP_OK ||
              fail(archive, err);
    ok = ok && copy(archive, source, path, entry, err) &&
         (zipCloseFileInZip(archive->zip) == ZIP_OK || fail(archive, err));
    fclose(source);
    if (ok)
        names_add(&archive->added, name);
    return ok;
}

/* ---- the end ---- */

/* Length and checksum of every file are what was written. */
static bool read_back(const struct archive *archive, struct error *err)
{
    struct zip *zip = NULL;
    char *chunk = mem_new(CHUNK, 1);
    bool ok = zip_open(file_part(archive->file), &zip, err);
    for (size_t i = 0; ok && i < archive->added.count; i++) {
        size_t length = 1;
        ok = zip_begin_part(zip, archive->added.items[i], err);
        while (ok && length > 0)
            ok = zip_read(zip, chunk, CHUNK, &length, err);
        ok = ok && zip_end_part(zip, err);
    }
    if (zip)
        zip_close(&zip);
    free(chunk);
    return ok || error_prefix(err, "写出的压缩包读回来不对，请换一个盘再导出");
}

bool archive_commit(struct archive **out, struct error *err)
{
    struct archive *archive = *out;
    errno = 0;
    bool ok = zipClose(archive->zip, NULL) == ZIP_OK || fail(archive, err);
    archive->zip = NULL;
    ok = ok && read_back(archive, err) && file_commit(&archive->file, err);
    archive_abort(out);
    return ok;
}

void archive_abort(struct archive **out)
{
    struct archive *archive = *out;
    if (!archive)
        return;
    if (archive->zip)
        zipClose(archive->zip, NULL);
    for (size_t i = 0; i < archive->scratch.count; i++)
        unlink(archive->scratch.items[i]);
    file_abort(&archive->file);
    names_release(&archive->taken);
    names_release(&archive->added);
    names_release(&archive->scratch);
    free(archive);
    *out = NULL;
}
