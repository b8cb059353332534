/* file_names.h - completing the name of a file as it is typed. */
#ifndef TAIZHANG_TUI_SCREENS_FILE_NAMES_H
#define TAIZHANG_TUI_SCREENS_FILE_NAMES_H

#include "core/buffer.h"

/* For struct prompt: `suffixes` is a NULL-terminated table of endings (`const char *const *`), or
 * NULL for folders only. Folders come with a slash; hidden files are left out. */
void file_names_suggest(void *suffixes, const char *text, struct buffer *lines);

/* Appends the path that was meant: "~/" is the home folder, and the quotes or the blank that a
 * file manager puts around a dropped name are taken away. */
void file_names_expand(const char *text, struct buffer *path);

#endif
