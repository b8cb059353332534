/* From field to field, from section to section. */
#include "tui/screens/form.h"
#include "tui/screens/screens.h"

bool form_is_on_fields(const struct screen *screen)
{
    const struct form *form = (const struct form *)screen;
    return form->tab < form->reg->section_count;
}

size_t form_page_first(const struct form *form, size_t page)
{
    return form_has_task(form) ? 0 : reg_section_start(form->reg, page);
}

size_t form_page_end(const struct form *form, size_t page)
{
    return form_has_task(form)
               ? reg_field_count(form->reg)
               : reg_section_start(form->reg, page) + form->reg->sections[page].count;
}

static size_t page_of(const struct form *form, size_t field)
{
    size_t section = 0;
    if (form_has_task(form))
        return 0;
    while (section + 1 < form->reg->section_count &&
           reg_section_start(form->reg, section + 1) <= field)
        section++;
    return section;
}

size_t form_page_count(const struct form *form)
{
    return form_has_task(form)
               ? 1
               : form->reg->section_count + form->child_count + (form->survey ? 1 : 0);
}

/* A survey asks: what the program or another record will fill is not there before it is. */
static bool is_awaited(const struct form *form, const struct field *field, size_t index)
{
    bool is_filled_in = field_is_stored(field) && !(field->flags & FIELD_AUTO);
    return form->survey && !is_filled_in && value_is_null(&form->record.values[index]);
}

bool form_shows(const struct form *form, size_t index)
{
    const struct field *field = reg_field(form->reg, index);
    if (is_awaited(form, field, index) || (form_has_task(form) && !form->asked[index]))
        return false;
    return record_shows(&form->record, field) || form->fields[index].refusal ||
           form_finding(form, index);
}

bool form_page_applies(const struct form *form, size_t page)
{
    if (page >= form->reg->section_count)
        return true;
    for (size_t i = form_page_first(form, page); i < form_page_end(form, page); i++)
        if (form_shows(form, i))
            return true;
    return false;
}

static void turn_to(struct form *form, size_t page)
{
    size_t sections = form->reg->section_count;
    form->tab = page;
    if (page < sections)
        form->base.class = form_has_task(form) ? form_task_class()
                           : form->survey      ? survey_class()
                                               : form_fields_class();
    else if (page < sections + form->child_count)
        form->base.class = form_children_class();
    else
        form->base.class = survey_summary_class();
    survey_sum_up(form);
    form_keep_place(form);
}

void form_go_to(struct form *form, size_t field)
{
    turn_to(form, page_of(form, field));
    form->at = field;
}

/* A locked form is walked through field by field, an open one from box to box. */
static bool is_stop(const struct form *form, size_t field)
{
    return form_shows(form, field) && (form->lock || form_can_edit(form, field));
}

void form_go_to_section(struct form *form, size_t section)
{
    size_t start = form_page_first(form, section), end = form_page_end(form, section);
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
    if (form_step(form, key != K_UP) || key == K_UP)
        return;
    if (form->survey)
        form_turn(screen, K_PAGE_DOWN);
    else if (key == K_ENTER)
        app_message(screen->app, MESSAGE_INFORMATION, "已是最后一项，按 F2 %s。",
                    form_has_task(form) ? "办理" : "保存");
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

void form_turn_to(struct form *form, size_t page)
{
    if (page < form->reg->section_count)
        form_go_to_section(form, page);
    else
        turn_to(form, page);
}

/* Round and round in a form; a survey has a first and a last page. */
void form_turn(struct screen *screen, int key)
{
    struct form *form = (struct form *)screen;
    size_t count = form_page_count(form), page = form->tab;
    bool forward = key == K_TAB || key == K_PAGE_DOWN;
    form_leave_field(form);
    do {
        if (form->survey && (forward ? page + 1 == count : page == 0))
            return;
        page = (page + (forward ? 1 : count - 1)) % count;
    } while (!form_page_applies(form, page));
    form_turn_to(form, page);
}

void form_go_to_missing(struct screen *screen, int key)
{
    (void)key;
    struct form *form = (struct form *)screen;
    size_t count = reg_field_count(form->reg);
    form_leave_field(form);
    for (size_t i = 1; i <= count; i++) {
        size_t field = (form->at + i) % count;
        if (form_lacks(form, field) && form_shows(form, field)) {
            form_go_to(form, field);
            return;
        }
    }
    app_message(screen->app, MESSAGE_DONE, "没有待补的项。");
}
