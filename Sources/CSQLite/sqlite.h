#include <sqlite3.h>

/* sqlite3_db_config takes a variable list of arguments, which Swift cannot call. */
static inline int csqlite_set_option(sqlite3 *connection, int option, int value) {
    return sqlite3_db_config(connection, option, value, (int *)0);
}
