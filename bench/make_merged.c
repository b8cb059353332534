/* make_merged.c - a list as counties send it: a title over all columns, and the county written once
 * for five rows, in 4,001 merged areas over 20,000 rows of 8 columns. Usage: make_merged FILE.xlsx
 */
#include <stdio.h>
#include <xlsxwriter.h>

enum { ROWS = 20000, COLUMNS = 8, GROUP = 5, TITLE_ROWS = 2 };

static const char *const headings[COLUMNS] = {"企业名称", "县（市、区）", "详细地址", "主要产品",
                                              "主要原料", "法定代表人",   "联系电话", "核实人"};
static const char *const counties[] = {"清城区", "清新区", "佛冈县", "阳山县",
                                       "连山县", "连南县", "英德市", "连州市"};

static void write_row(lxw_worksheet *sheet, unsigned row)
{
    char name[64], address[64], phone[32];
    snprintf(name, sizeof name, "示例冶炼%05u厂", row);
    snprintf(address, sizeof address, "示例工业大道%u号", row);
    snprintf(phone, sizeof phone, "0763-%07u", row);
    const char *const texts[COLUMNS] = {name,     NULL,     address, "锌锭",
                                        "锌精矿", "陈示例", phone,   "张示例"};
    for (lxw_col_t column = 0; column < COLUMNS; column++)
        if (texts[column])
            worksheet_write_string(sheet, row + TITLE_ROWS, column, texts[column], NULL);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    lxw_workbook *book = workbook_new(argv[1]);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "清单");
    worksheet_merge_range(sheet, 0, 0, 0, COLUMNS - 1, "全口径涉重金属企业清单", NULL);
    for (lxw_col_t column = 0; column < COLUMNS; column++)
        worksheet_write_string(sheet, 1, column, headings[column], NULL);
    for (unsigned row = 0; row < ROWS; row++) {
        if (row % GROUP == 0)
            worksheet_merge_range(sheet, row + TITLE_ROWS, 1, row + TITLE_ROWS + GROUP - 1, 1,
                                  counties[row / GROUP % 8], NULL);
        write_row(sheet, row);
    }
    return workbook_close(book) == LXW_NO_ERROR ? 0 : 3;
}
