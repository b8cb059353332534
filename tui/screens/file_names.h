/* file_names.h - the name of a file: completed as it is typed, understood, and not taken from
 * another file without a word. */
#ifndef TAIZHANG_TUI_SCREENS_FILE_NAMES_H
#define TAIZHANG_TUI_SCREENS_FILE_NAMES_H

#include "tui/app.h"

/* For struct prompt: `suffixes` is a NULL-terminated table of endings (`const char *const *`), or
 * NULL for folders only. Folders come with a slash; hidden files are left out. */
void file_names_suggest(void *suffixes, const char *text, struct buffer *lines);

/* Appends the path that was meant: "~/" is the home folder, and the quotes or the blank that a
 * file manager puts around a dropped name are taken away. */
void file_names_expand(const char *text, struct buffer *path);

/* Whether a file may be written to `path`: nothing is there, or a clerk says that it may be
 * replaced. Of a folder whoever writes says that it is one. */
bool file_names_may_replace(struct app *app, const char *path);

#endif
