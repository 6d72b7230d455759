#include <stddef.h>
#include <stdint.h>

/// Runs libFuzzer with the arguments of a command line; calls back with each input. Its library has no header.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));
