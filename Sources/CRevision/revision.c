#include "revision.h"

#ifndef PNBOOK_COMMIT
#define PNBOOK_COMMIT ""
#endif

const char *pnbook_revision(void) { return PNBOOK_COMMIT; }
