#include "exports/picture.h"
#include "exports/xlsx.h"

/* The library scales what it reads by the dots to the inch that the file states. It complains on
 * stderr of a picture that it cannot read: those do not reach it. */
void xlsx_put_picture(struct sink *sink, const struct sink_picture *wanted)
{
    static const double dots = 96;
    struct xlsx *xlsx = sink->state;
    struct picture picture;
    if (!picture_read(wanted->path, &picture))
        return;
    lxw_image_options options = {
        .x_scale = wanted->width * picture.dots_x / (picture.width * dots),
        .y_scale = wanted->height * picture.dots_y / (picture.height * dots),
        .x_offset = wanted->x,
        .y_offset = wanted->y,
        .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
        .description = (char *)(wanted->description ? wanted->description : ""),
    };
    xlsx->picture_bytes += picture.bytes;
    xlsx_check(sink, worksheet_insert_image_opt(xlsx->sheet, (lxw_row_t)wanted->row,
                                                (lxw_col_t)wanted->column, wanted->path, &options));
}
