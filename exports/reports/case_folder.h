/* case_folder.h - the parts of the folder of a case (销号档案). Private to this folder. */
#ifndef TAIZHANG_EXPORTS_REPORTS_CASE_FOLDER_H
#define TAIZHANG_EXPORTS_REPORTS_CASE_FOLDER_H

#include "db/attachment.h"
#include "exports/archive.h"
#include "exports/layout.h"

/* A file that speaks for the case. */
struct case_file {
    char sha256[ATTACHMENT_HASH_SIZE];
    const struct reg *reg;     /* of the record that it stands in */
    const struct field *field; /* in which; NULL: it is one of the folder's own */
    char *title, *owner;       /* what it is; what the record says in short; owned */
    char *name;                /* in the folder; owned */
    char date[DATE_TEXT_SIZE]; /* "" unknown */
    uint64_t bytes;
};

struct case_folder {
    struct run run;
    struct layout layout;
    struct record problem;
    struct archive *archive;
    struct id_list samples;  /* that speak for it, the newest first */
    struct case_file *files; /* owned */
    size_t file_count, file_capacity;
    struct buffer faults; /* files that are not as they were */
};

/* case_folder_files.c: finds all files of the case and gives them names. Those that are lost are
 * noted as faults. */
bool case_folder_collect(struct case_folder *folder, struct error *err);

/* One more file, whose path is known. */
struct case_file *case_folder_add(struct case_folder *folder, const char *title);

/* The file of `field` is not as it was; `owner`: what the record says in short, "" of the problem
 * itself. */
void case_folder_note_fault(struct case_folder *folder, const struct field *field,
                            const char *owner, const char *what);

/* case_folder_index.c: 目录.xlsx at `path`. */
bool case_folder_write_index(struct case_folder *folder, const char *path, struct error *err);

/* Appends the path of a kept file. */
void case_folder_path(const struct case_folder *folder, const struct case_file *file,
                      struct buffer *path);

#endif
