#include "tests/core/holidays.h"

#define WORK true
#define REST false

static const struct {
    struct date first;
    int length;
    bool work;
} runs[] = {
    {{2022, 1, 1}, 3, REST},   {{2022, 1, 29}, 2, WORK},  {{2022, 1, 31}, 7, REST},
    {{2022, 4, 2}, 1, WORK},   {{2022, 4, 3}, 3, REST},   {{2022, 4, 24}, 1, WORK},
    {{2022, 4, 30}, 5, REST},  {{2022, 5, 7}, 1, WORK},   {{2022, 6, 3}, 3, REST},
    {{2022, 9, 10}, 3, REST},  {{2022, 10, 1}, 7, REST},  {{2022, 10, 8}, 2, WORK},
    {{2022, 12, 31}, 3, REST}, {{2023, 1, 21}, 7, REST},  {{2023, 1, 28}, 2, WORK},
    {{2023, 4, 5}, 1, REST},   {{2023, 4, 23}, 1, WORK},  {{2023, 4, 29}, 5, REST},
    {{2023, 5, 6}, 1, WORK},   {{2023, 6, 22}, 3, REST},  {{2023, 6, 25}, 1, WORK},
    {{2023, 9, 29}, 8, REST},  {{2023, 10, 7}, 2, WORK},  {{2024, 1, 1}, 1, REST},
    {{2024, 2, 4}, 1, WORK},   {{2024, 2, 10}, 8, REST},  {{2024, 2, 18}, 1, WORK},
    {{2024, 4, 4}, 3, REST},   {{2024, 4, 7}, 1, WORK},   {{2024, 4, 28}, 1, WORK},
    {{2024, 5, 1}, 5, REST},   {{2024, 5, 11}, 1, WORK},  {{2024, 6, 10}, 1, REST},
    {{2024, 9, 14}, 1, WORK},  {{2024, 9, 15}, 3, REST},  {{2024, 9, 29}, 1, WORK},
    {{2024, 10, 1}, 7, REST},  {{2024, 10, 12}, 1, WORK}, {{2025, 1, 1}, 1, REST},
    {{2025, 1, 26}, 1, WORK},  {{2025, 1, 28}, 8, REST},  {{2025, 2, 8}, 1, WORK},
    {{2025, 4, 4}, 3, REST},   {{2025, 4, 27}, 1, WORK},  {{2025, 5, 1}, 5, REST},
    {{2025, 5, 31}, 3, REST},  {{2025, 9, 28}, 1, WORK},  {{2025, 10, 1}, 8, REST},
    {{2025, 10, 11}, 1, WORK}, {{2026, 1, 1}, 3, REST},   {{2026, 1, 4}, 1, WORK},
    {{2026, 2, 14}, 1, WORK},  {{2026, 2, 15}, 9, REST},  {{2026, 2, 28}, 1, WORK},
    {{2026, 4, 4}, 3, REST},   {{2026, 5, 1}, 5, REST},   {{2026, 5, 9}, 1, WORK},
    {{2026, 6, 19}, 3, REST},  {{2026, 9, 20}, 1, WORK},  {{2026, 9, 25}, 3, REST},
    {{2026, 10, 1}, 7, REST},  {{2026, 10, 10}, 1, WORK},
};

enum { RUNS = sizeof runs / sizeof runs[0], MOST_DAYS = 256 };

const struct calendar *holidays_calendar(void)
{
    static struct calendar_day days[MOST_DAYS];
    static struct calendar calendar = {.days = days};
    calendar.count = 0;
    for (size_t i = 0; i < RUNS; i++)
        for (int j = 0; j < runs[i].length; j++)
            days[calendar.count++] =
                (struct calendar_day){.day = date_to_days(runs[i].first) + j, .work = runs[i].work};
    return &calendar;
}
