/* almanac.h - the holiday notices as a calendar: from the register of the open file, or, where
 * there is no file yet, from those that come with the program. */
#ifndef TAIZHANG_DB_ALMANAC_H
#define TAIZHANG_DB_ALMANAC_H

#include "core/calendar.h"
#include "core/error.h"

struct store;

struct almanac {
    struct calendar calendar;  /* lends `days` */
    struct calendar_day *days; /* owned */
    size_t capacity;
};

/* Reads register holiday of `store`; without a store (NULL) data/base/holiday.csv. A row without
 * its day or kind is passed over (and so is a record that was tampered with); of a day that stands
 * there twice, 班 holds: a deadline then falls earlier rather than later. `almanac` is empty
 * before; after a failure it must be released as well. */
bool almanac_load(struct almanac *almanac, struct store *store, struct error *err);

/* Releases the days; the calendar is empty afterwards, no year has its table. */
void almanac_release(struct almanac *almanac);

#endif
