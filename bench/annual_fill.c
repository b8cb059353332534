/* annual_fill.c - a county whose list is in order: ROWS enterprises with every column of the annual
 * workbook filled, among which the rules find next to nothing. Usage: annual_fill ROWS FILE.db */
#include "bench/bench.h"

#include "core/registers.h"
#include "core/uscc.h"
#include "db/check.h"
#include "db/store.h"

enum { BATCH = 50000, TEXT_SIZE = 96 };

/* What differs from enterprise to enterprise. */
struct enterprise {
    char name[TEXT_SIZE], uscc[USCC_LENGTH + 1], permit[USCC_LENGTH + 5], address[TEXT_SIZE];
    char lon[16], lat[16], plan[32], phone[16], load[16], less[16], more[16];
};

static void invent(struct enterprise *invented, uint32_t row)
{
    static const char *const towns[] = {"源潭镇", "龙塘镇", "石角镇", "飞来峡镇"};
    snprintf(invented->name, sizeof invented->name, "清城区丰利恒泰%06u锌业有限公司", row);
    snprintf(invented->uscc, sizeof invented->uscc, "91441802MA%06uXX", row % 1000000);
    invented->uscc[USCC_LENGTH - 2] = uscc_organisation_check_char(invented->uscc);
    invented->uscc[USCC_LENGTH - 1] = uscc_check_char(invented->uscc);
    snprintf(invented->permit, sizeof invented->permit, "%s001P", invented->uscc);
    snprintf(invented->address, sizeof invented->address, "%s示例工业大道%u号",
             towns[row % COUNT_OF(towns)], row % 997 + 1);
    snprintf(invented->lon, sizeof invented->lon, "113.%03u%03u", row / 1000 % 300, row % 1000);
    snprintf(invented->lat, sizeof invented->lat, "23.%03u%03u", 600 + row % 200, row % 1000);
    snprintf(invented->plan, sizeof invented->plan, "441802-2026-%06u-M", row);
    snprintf(invented->phone, sizeof invented->phone, "0763-%07u", 3000000 + row);
    snprintf(invented->load, sizeof invented->load, "%u.%03u", 10 + row % 97, row % 1000);
    snprintf(invented->less, sizeof invented->less, "%u.%03u", 9 + row % 97, row % 1000);
    snprintf(invented->more, sizeof invented->more, "%u.%03u", 12 + row % 97, row % 1000);
}

static bool put_enterprise(struct store *store, uint32_t row, struct error *err)
{
    struct enterprise of;
    char id[RECORD_ID_SIZE] = "";
    invent(&of, row);
    const struct bench_cell cells[] = {
        {"name", of.name},
        {"uscc", of.uscc},
        {"legal_person", "陈示例"},
        {"env_manager", "张示例"},
        {"phone", of.phone},
        {"region", "清城区"},
        {"town", "示例镇"},
        {"address", of.address},
        {"lon", of.lon},
        {"lat", of.lat},
        {"basin", "北江"},
        {"status", "在产"},
        {"key_industry", "重有色金属冶炼业"},
        {"industry", "3212"},
        {"industry_name", "铅锌冶炼"},
        {"zinc_inorganic", "否"},
        {"key_region", "否"},
        {"entry_reason", "原清单"},
        {"entered_on", "2019-03-15"},
        {"products", "锌锭、硫酸"},
        {"capacity_t", "12000"},
        {"raw_materials", "锌精矿"},
        {"high_metal_feed", "否"},
        {"special_limits", "否"},
        {"key_discharger", "是"},
        {"soil_key_unit", "是"},
        {"random_inspection", "是"},
        {"permit_class", "重点管理"},
        {"permit_no", of.permit},
        {"permit_from_on", "2023-08-01"},
        {"permit_to_on", "2028-07-31"},
        {"permitted_lead_water", "0.5"},
        {"permitted_cadmium_water", "0.05"},
        {"permitted_lead_kg", of.more},
        {"permitted_mercury_kg", of.more},
        {"permitted_cadmium_kg", of.more},
        {"permitted_chromium_kg", of.more},
        {"permitted_arsenic_kg", of.more},
        {"base_lead_kg", of.load},
        {"base_mercury_kg", of.load},
        {"base_cadmium_kg", of.load},
        {"base_chromium_kg", of.load},
        {"base_arsenic_kg", of.load},
        {"actual_lead_kg", of.less},
        {"actual_mercury_kg", of.less},
        {"actual_cadmium_kg", of.less},
        {"actual_chromium_kg", of.less},
        {"actual_arsenic_kg", of.less},
        {"actual_method", "自动监测"},
        {"added_kg", "0"},
        {"cut_kg", "0"},
        {"audit_on", "2024-05-20"},
        {"audit_mandatory", "是"},
        {"audit_grade", "国内先进"},
        {"emergency_plan_no", of.plan},
        {"emergency_plan_on", "2025-02-18"},
        {"emergency_drill_on", "2026-04-09"},
        {"deposition_on", "2026-03-18"},
        {"farmland_on", "2026-03-19"},
        {"source", "排查"},
        {"verified_on", "2026-05-12"},
        {"verified_by", "张示例"},
        {"campaigns", "涉铊排查整治"},
    };
    return bench_put(store, &reg_enterprise, id, cells, COUNT_OF(cells), err);
}

static bool put_rows(struct store *store, uint32_t rows, struct error *err)
{
    bool ok = store_begin(store, "import", NULL, err);
    for (uint32_t row = 0; ok && row < rows; row++) {
        ok = put_enterprise(store, row, err);
        if (ok && row % BATCH == 0)
            ok = store_commit(store, err) && store_begin(store, "import", NULL, err);
    }
    return ok && store_commit(store, err);
}

/* As the desk does in quiet moments. */
static bool catch_up(struct store *store, struct error *err)
{
    bool more = true;
    bool ok = check_note_day(store, err);
    while (ok && more)
        ok = check_catch_up(store, 1000, &more, err);
    return ok;
}

int main(int argc, char **argv)
{
    struct store *store = NULL;
    struct error error = {0};
    const struct store_bureau bureau = {.region = "441802", .operator_name = "bench"};
    if (argc != 3)
        return 2;
    remove(argv[2]);
    bool ok = store_create(argv[2], &bureau, &error) &&
              store_open(&store, argv[2], STORE_WRITE, &error) &&
              put_rows(store, (uint32_t)strtoul(argv[1], NULL, 10), &error) &&
              catch_up(store, &error);
    store_close(&store);
    if (!ok)
        fprintf(stderr, "%s\n", error.message);
    return ok ? 0 : 3;
}
