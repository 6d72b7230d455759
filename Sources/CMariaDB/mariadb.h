#include <mysql.h>
#include <errmsg.h>
#include <mysqld_error.h>

/* Exported by the client library, and declared in none of its headers: calls back after each piece that has been read
 * (mode 0) or written (mode 1), with the memory that it lies in; a negative length for a failure. */
int ma_pvio_register_callback(
    my_bool is_registered, void (*callback)(int mode, MYSQL *mysql, const unsigned char *buffer, size_t length));
