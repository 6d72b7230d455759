#ifndef PNBOOK_REVISION_H
#define PNBOOK_REVISION_H

/* The commit that the program was built from, as the build was told (PNBOOK_COMMIT); empty if it was not. */
const char *pnbook_revision(void);

#endif
