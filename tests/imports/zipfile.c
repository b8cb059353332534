#include "zipfile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <minizip/zip.h>

void zipfile_write(const char *path, const struct zipfile_part *parts, size_t count)
{
    zipFile file = zipOpen64(path, APPEND_STATUS_CREATE);
    assert_non_null(file);
    for (size_t i = 0; i < count; i++) {
        const struct zipfile_part *part = &parts[i];
        if (!part->name)
            continue;
        size_t length = part->length ? part->length : strlen(part->text);
        zip_fileinfo info = {0};
        assert_int_equal(zipOpenNewFileInZip3_64(
                             file, part->name, &info, NULL, 0, NULL, 0, NULL, Z_DEFLATED,
                             part->level ? part->level : Z_DEFAULT_COMPRESSION, 0, -MAX_WBITS,
                             DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, part->password, 0, 0),
                         ZIP_OK);
        for (size_t times = part->times ? part->times : 1; times > 0; times--)
            assert_int_equal(zipWriteInFileInZip(file, part->text, (unsigned)length), ZIP_OK);
        assert_int_equal(zipCloseFileInZip(file), ZIP_OK);
    }
    assert_int_equal(zipClose(file, NULL), ZIP_OK);
}
