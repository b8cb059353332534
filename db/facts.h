/* facts.h - what rules may ask for beside their own record, answered from the file. */
#ifndef TAIZHANG_DB_FACTS_H
#define TAIZHANG_DB_FACTS_H

#include "db/internal.h"

/* Lets `store->facts` answer from the store. */
void facts_init(struct store *store);

/* Id of the campaign that the bureau's policy pack is; "" when it is not loaded. Appends. */
void facts_write_campaign(struct store *store, struct buffer *id);

#endif
