/* life_oracle.h - what the law says of a problem's life, written down a second time without the
 * table of the program, and a shadow that remembers what was given when. */
#ifndef TAIZHANG_TESTS_CORE_LIFE_ORACLE_H
#define TAIZHANG_TESTS_CORE_LIFE_ORACLE_H

#include "tests/core/life_world.h"

enum { TODAY = 165, DAYS = 172 }; /* days of 2026, from 0; 2026-06-15 is 165 */

enum {
    PLANNED = 1,
    STARTED,
    SELF_CHECKED,
    APPLIED,
    CHECKED,
    REVIEWED,
    NOTICED,
    CLOSED,
    LOOKED_BACK,
    PAUSED,
    REOPENED,
    ORACLE_STATES
};

extern const char *const oracle_states[ORACLE_STATES]; /* in the order of the enum; 0: 已登记 */

struct given_sample {
    int day, point; /* 0: workshop, 1: main outlet */
    bool thallium, good;
};

struct oracle_shadow {
    struct record record;
    bool exists;
    int tick;        /* of the act */
    int photo_given; /* tick */
    int report_given;
    int returned_at, returned_day; /* tick, -1: never */
    char returned_photo[80];
    char former_reason[64], former_approval[64], former_pause[64];
    int extensions, returns;
    char paused_from[32];
    struct given_sample samples[16];
    size_t sample_count;
    int progress_day[8], progress_percent[8];
    size_t progress_count;
    bool has_successor;
    const char *lost; /* the picture whose file is lost; NULL: none */
    int reached[12];
    int allowed, refused;
};

extern struct oracle_shadow oracle_shadow;

/* A day of 2026 as a date. */
const char *oracle_iso(int day);

/* -1: no day. */
int oracle_day_of(const struct record *record, const char *field);

/* The place of a state in oracle_states. */
int oracle_rank_of(const char *state);

bool oracle_has(const struct record *record, const char *field);

int oracle_latest(int a, int b);

/* What the record itself shows for a state; with `now` also what is outside: files, samples,
 * reports. */
bool oracle_holds(const struct record *record, int rank, bool now);

/* The rank that counts while a case is suspended or reopened. */
int oracle_standing_of(const struct record *record);

/* The gate has let it through: was that right? Fails the running test when not. */
void oracle_judge(const struct record *before, const struct record *after);

/* The shadow sees what is given before the gate is asked, and what the gate let through. */
void oracle_note_given(const struct record *before, const struct record *after);
void oracle_remember(const struct record *before, const struct record *after);

#endif
