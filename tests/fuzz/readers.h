/* readers.h - the entry that libFuzzer calls. */
#ifndef TAIZHANG_TESTS_FUZZ_READERS_H
#define TAIZHANG_TESTS_FUZZ_READERS_H

#include <stddef.h>
#include <stdint.h>

/* Always 0; a broken promise aborts. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#endif
