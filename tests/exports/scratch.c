#include "tests/exports/scratch.h"

#include "core/mem.h"

#include <dirent.h>
#include <ftw.h>
#include <minizip/unzip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int scratch_make(void **state)
{
    char *folder = mem_text("/tmp/taizhang-exports-XXXXXX");
    *state = mkdtemp(folder);
    return *state ? 0 : -1;
}

const char *scratch_path(void **state, const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", (const char *)*state, name);
    return path;
}

static bool is_entry(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

size_t scratch_count(void **state)
{
    size_t count = 0;
    DIR *folder = opendir(*state);
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        count += is_entry(entry);
    closedir(folder);
    return count;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

int scratch_remove(void **state)
{
    enum { FOLDERS_OPEN = 8 };
    int result = nftw(*state, remove_one, FOLDERS_OPEN, FTW_DEPTH | FTW_PHYS);
    free(*state);
    return result;
}

char *scratch_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *text = mem_new(size + 1, 1);
    size_t read = fread(text, 1, size, file);
    fclose(file);
    if (length)
        *length = read;
    return text;
}

void scratch_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    if (!file || fputs(text, file) == EOF || fclose(file) != 0)
        abort();
}

char *scratch_unzip(const char *path, const char *part)
{
    char *text = NULL;
    unz_file_info64 info;
    unzFile zip = unzOpen64(path);
    if (zip && unzLocateFile(zip, part, 1) == UNZ_OK &&
        unzGetCurrentFileInfo64(zip, &info, NULL, 0, NULL, 0, NULL, 0) == UNZ_OK &&
        unzOpenCurrentFile(zip) == UNZ_OK) {
        text = mem_new((size_t)info.uncompressed_size + 1, 1);
        if (unzReadCurrentFile(zip, text, (unsigned)info.uncompressed_size) < 0)
            abort();
        unzCloseCurrentFile(zip);
    }
    if (zip)
        unzClose(zip);
    return text;
}
