/* From field to field, from section to section. */
#include "tui/screens/form.h"
#include "tui/screens/screens.h"

bool form_is_on_fields(const struct screen *screen)
{
    const struct form *form = (const struct form *)screen;
    return form->tab < form->reg->section_count;
}

static size_t section_of(const struct form *form, size_t field)
{
    size_t section = 0;
    while (section + 1 < form->reg->section_count &&
           reg_section_start(form->reg, section + 1) <= field)
        section++;
    return section;
}

static void turn_to(struct form *form, size_t tab)
{
    form->tab = tab;
    form->base.class = form_is_on_fields(&form->base) ? form_fields_class() : form_children_class();
}

void form_go_to(struct form *form, size_t field)
{
    turn_to(form, section_of(form, field));
    form->at = field;
}

/* A locked form is walked through field by field, an open one from box to box. */
static bool is_stop(const struct form *form, size_t field)
{
    return form->lock || form_can_edit(form, field);
}

void form_go_to_section(struct form *form, size_t section)
{
    size_t start = reg_section_start(form->reg, section);
    size_t end = start + form->reg->sections[section].count;
    size_t field = start;
    while (field < end && !is_stop(form, field))
        field++;
    form_go_to(form, field < end ? field : start);
    form->first = start;
}

/* To the next or the previous field; over the end of a section into its neighbour. */
bool form_step(struct form *form, bool down)
{
    size_t count = reg_field_count(form->reg);
    size_t field = form->at;
    while (down ? field + 1 < count : field > 0) {
        field += down ? 1 : (size_t)-1;
        if (is_stop(form, field)) {
            form_go_to(form, field);
            return true;
        }
    }
    return false;
}

void form_move(struct screen *screen, int key)
{
    struct form *form = (struct form *)screen;
    form_leave_field(form);
    if (!form_step(form, key != K_UP) && key == K_ENTER)
        app_message(screen->app, MESSAGE_INFORMATION, "已是最后一项，按 F2 保存。");
}

void form_move_page(struct screen *screen, int key)
{
    struct form *form = (struct form *)screen;
    size_t section = form->tab;
    form_leave_field(form);
    for (size_t i = 0; i + 1 < form->page || i == 0; i++) {
        size_t before = form->at;
        if (!form_step(form, key == K_PAGE_DOWN))
            return;
        if (form->tab == section)
            continue;
        if (i > 0) /* the end of the section is a stop on the way */
            form_go_to(form, before);
        return;
    }
}

void form_turn(struct screen *screen, int key)
{
    struct form *form = (struct form *)screen;
    size_t count = form->reg->section_count + form->child_count;
    form_leave_field(form);
    size_t tab = (form->tab + (key == K_TAB ? 1 : count - 1)) % count;
    if (tab < form->reg->section_count)
        form_go_to_section(form, tab);
    else
        turn_to(form, tab);
}

void form_go_to_missing(struct screen *screen, int key)
{
    (void)key;
    struct form *form = (struct form *)screen;
    size_t count = reg_field_count(form->reg);
    form_leave_field(form);
    for (size_t i = 1; i <= count; i++) {
        size_t field = (form->at + i) % count;
        if (form_can_edit(form, field) && value_is_null(&form->record.values[field]) &&
            record_requires(&form->record, reg_field(form->reg, field))) {
            form_go_to(form, field);
            return;
        }
    }
    app_message(screen->app, MESSAGE_DONE, "没有待补的项。");
}
