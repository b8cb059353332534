#include "db/digest.h"
#include "core/mem.h"

#include <sodium.h>
#include <stdlib.h>

_Static_assert(DIGEST_SIZE == 2 * crypto_hash_sha256_BYTES + 1, "a digest in hexadecimal");

/* There is one way to work it out in the library, so nothing need be set up before. */
struct digest {
    crypto_hash_sha256_state state;
};

void digest_open(struct digest **out)
{
    struct digest *digest = mem_new(1, sizeof *digest);
    crypto_hash_sha256_init(&digest->state);
    *out = digest;
}

void digest_add(struct digest *digest, const void *bytes, size_t length)
{
    crypto_hash_sha256_update(&digest->state, bytes, length);
}

void digest_close(struct digest **out, char sha256[DIGEST_SIZE])
{
    unsigned char sum[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(&(*out)->state, sum);
    sodium_bin2hex(sha256, DIGEST_SIZE, sum, sizeof sum);
    free(*out);
    *out = NULL;
}
