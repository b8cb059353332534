/* Photos of a card. */
#include "exports/card_writer.h"
#include "exports/picture.h"

#include "core/mem.h"
#include "db/attachment.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_FILES = 200, /* of a card, that are looked at */
    ROW_PIXELS = 20,  /* of a row without text */
};

struct photo {
    char *path, *title; /* owned */
    struct picture picture;
};

struct photos {
    struct photo *items; /* owned */
    size_t count, capacity;
    struct buffer others; /* files that cannot be shown, by name */
};

static void release_photos(struct photos *photos)
{
    for (size_t i = 0; i < photos->count; i++) {
        free(photos->items[i].path);
        free(photos->items[i].title);
    }
    free(photos->items);
    buffer_release(&photos->others);
}

/* A file that is gone, was changed, or is no photo is told by its name. */
static void take_file(const struct card_writer *writer, const struct record *record,
                      const struct field *field, const char *title, struct photos *photos)
{
    const struct store *store = writer->run->store;
    const char *sha256 = record_text(record, field->name);
    struct buffer path = {0};
    struct photo photo = {.path = NULL};
    if (!*sha256)
        return;
    attachment_path(store, sha256, &path);
    const char *fault = !attachment_has(store, sha256, NULL)       ? "（文件缺失）"
                        : !attachment_is_whole(store, sha256)      ? "（文件被改动过）"
                        : !picture_read(path.text, &photo.picture) ? "（不是能显示的图片）"
                                                                   : NULL;
    if (fault) {
        buffer_addf(&photos->others, "%s%s%s", photos->others.length ? "、" : "", title, fault);
    } else {
        photo.title = mem_text(title);
        photo.path = mem_text(path.text);
        photos->items =
            mem_grow(photos->items, photos->count, &photos->capacity, sizeof *photos->items);
        photos->items[photos->count++] = photo;
    }
    buffer_release(&path);
}

static bool take_child_files(struct card_visit *visit, const struct record *record,
                             struct error *err)
{
    struct buffer title = {0};
    (void)err;
    record_name(record, visit->writer->run->context.lookup, &title);
    for (size_t i = 0; i < visit->item->field_count; i++)
        take_file(visit->writer, record, visit->item->fields[i], buffer_text(&title),
                  visit->context);
    buffer_release(&title);
    return true;
}

static bool find_photos(struct card_writer *writer, const struct card_item *item,
                        struct photos *photos, struct error *err)
{
    struct card_visit visit = {.writer = writer,
                               .item = item,
                               .most = MOST_FILES,
                               .take = take_child_files,
                               .context = photos};
    if (item->links.reg)
        return card_each_child(&visit, err);
    for (size_t i = 0; i < item->field_count; i++)
        take_file(writer, writer->record, item->fields[i], item->fields[i]->label, photos);
    return true;
}

/* Pixels of a column of so many character cells, as spreadsheets draw it. */
static int pixels_of(const struct card *card, size_t first, size_t span)
{
    enum { CELL = 7, MARGIN = 17 };
    return card_width(card, first, span) * CELL + (int)span * MARGIN;
}

/* Photos beside each other, their titles below. */
static bool put_photo_row(struct card_writer *writer, const struct card_item *item,
                          const struct photo *photos, size_t count, struct error *err)
{
    enum { MARGIN = 6 };
    struct sink *sink = writer->run->sink;
    const size_t columns = writer->card->column_count;
    for (size_t i = 0; i < count; i++) {
        size_t first = i * columns / item->across, next = (i + 1) * columns / item->across;
        int frame = pixels_of(writer->card, first, next - first) - 2 * MARGIN;
        struct sink_picture picture = {.path = photos[i].path,
                                       .description = photos[i].title,
                                       .row = sink_row(sink),
                                       .column = first,
                                       .y = MARGIN};
        picture_fit(&photos[i].picture, frame, item->height, &picture.width, &picture.height);
        picture.x = MARGIN + (frame - picture.width) / 2;
        sink_put_picture(sink, &picture);
        card_add_cell(writer, SINK_STYLE_CELL, next - first, photos[i].title);
    }
    sink_skip_rows(sink, (size_t)(item->height + 2 * MARGIN + ROW_PIXELS - 1) / ROW_PIXELS);
    size_t left = columns - writer->used;
    if (left)
        card_add_cell(writer, SINK_STYLE_CELL, left, "");
    return card_flush(writer, err);
}

bool card_put_pictures(struct card_writer *writer, const struct card_item *item, struct error *err)
{
    struct photos photos = {.count = 0};
    bool ok = card_flush(writer, err) && find_photos(writer, item, &photos, err);
    size_t shown = photos.count < item->most ? photos.count : item->most;
    for (size_t i = 0; ok && i < shown; i += item->across)
        ok = put_photo_row(writer, item, &photos.items[i],
                           shown - i < item->across ? shown - i : item->across, err);
    for (size_t i = shown; i < photos.count; i++)
        buffer_addf(&photos.others, "%s%s", photos.others.length ? "、" : "",
                    photos.items[i].title);
    struct buffer line = {0};
    if (photos.others.length)
        buffer_addf(&line, "另有附件：%s。", photos.others.text);
    else if (shown == 0)
        buffer_add(&line, "没有照片。");
    if (ok && line.length)
        ok = card_put_line(writer, SINK_STYLE_LABEL, line.text, err);
    buffer_release(&line);
    release_photos(&photos);
    return ok;
}
