#include <zlib.h>

/* deflateInit2 is a macro, which Swift does not see. The negative window says: no header and no checksum, as ZIP has it. */
static inline int czlib_begin_raw(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}
