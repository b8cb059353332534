#include "core/reg.h"

#include <string.h>

const struct reg *reg_find(const char *name)
{
    for (size_t i = 0; i < register_count; i++)
        if (strcmp(registers[i]->name, name) == 0)
            return registers[i];
    return NULL;
}

size_t reg_field_count(const struct reg *reg)
{
    return reg_section_start(reg, reg->section_count);
}

const struct field *reg_field(const struct reg *reg, size_t index)
{
    for (size_t i = 0; i < reg->section_count; i++) {
        if (index < reg->sections[i].count)
            return &reg->sections[i].fields[index];
        index -= reg->sections[i].count;
    }
    return NULL;
}

bool reg_walk(struct field_walk *walk)
{
    const struct section *sections = walk->reg->sections;
    walk->index += walk->field != NULL;
    while (walk->section < walk->reg->section_count) {
        if (walk->place < sections[walk->section].count) {
            walk->field = &sections[walk->section].fields[walk->place++];
            return true;
        }
        walk->section++;
        walk->place = 0;
    }
    return false;
}

int reg_field_index(const struct reg *reg, const char *name)
{
    int start = 0;
    for (size_t i = 0; i < reg->section_count; i++) {
        const struct section *section = &reg->sections[i];
        for (size_t j = 0; j < section->count; j++)
            if (section->fields[j].name[0] == name[0] && strcmp(section->fields[j].name, name) == 0)
                return start + (int)j;
        start += (int)section->count;
    }
    return -1;
}

const struct field *reg_field_find(const struct reg *reg, const char *name)
{
    int index = reg_field_index(reg, name);
    return index < 0 ? NULL : reg_field(reg, (size_t)index);
}

size_t reg_section_start(const struct reg *reg, size_t section)
{
    size_t start = 0;
    for (size_t i = 0; i < section; i++)
        start += reg->sections[i].count;
    return start;
}

const struct reg *reg_child(const struct reg *reg, size_t n)
{
    for (size_t i = 0; i < register_count; i++) {
        const struct reg *child = registers[i];
        if (!child->parent)
            continue;
        const struct field *parent = reg_field_find(child, child->parent);
        if (parent && parent->target && strcmp(parent->target, reg->name) == 0 && n-- == 0)
            return child;
    }
    return NULL;
}

const struct reg *reg_on_desk(size_t n)
{
    for (int always = 1; always >= 0; always--)
        for (size_t i = 0; i < register_count; i++) {
            const struct reg *reg = registers[i];
            bool stands = reg->flags & REG_DESK;
            if (stands == always && (stands || reg->menu == MENU_INVENTORY) && n-- == 0)
                return reg;
        }
    return NULL;
}

size_t reg_index(const struct reg *reg)
{
    size_t index = 0;
    while (registers[index] != reg)
        index++;
    return index;
}

bool reg_is_main(const struct reg *reg)
{
    return reg->menu != MENU_NONE && reg->menu != MENU_BASE;
}

const char *reg_menu_name(enum reg_menu menu)
{
    static const char *const names[MENU__COUNT] = {
        [MENU_NONE] = "",
        [MENU_INVENTORY] = "清单",
        [MENU_MONITOR] = "排口监测",
        [MENU_RECTIFY] = "检查整改",
        [MENU_QUOTA] = "总量减排",
        [MENU_DUTY] = "任务报送",
        [MENU_BASE] = "基础数据",
    };
    return names[menu];
}

const struct reg *reg_subject(const struct reg *reg)
{
    const struct field *name = reg_field_find(reg, reg->name_field);
    return name && name->type == TYPE_REF && field_is_stored(name) ? reg_find(name->target) : NULL;
}

const char *reg_brief(const struct reg *reg)
{
    return reg->brief ? reg->brief : reg->label;
}
