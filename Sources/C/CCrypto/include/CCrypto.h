#ifndef CCRYPTO_H
#define CCRYPTO_H

// The few functions of OpenSSL's libcrypto that are used, found when the first of them is needed: a command
// that hashes nothing does not pay for the library.

#include <stddef.h>
#include <stdint.h>

#define CCRYPTO_NONNULL_BEGIN _Pragma("clang assume_nonnull begin")
#define CCRYPTO_NONNULL_END _Pragma("clang assume_nonnull end")

CCRYPTO_NONNULL_BEGIN

enum { CCRYPTO_SHA256_BYTES = 32 };

/// Finds the library; NULL when it is there, else why not. May be called from any thread, any number of times.
const char *_Nullable ccrypto_load(void);

// All that follows needs `ccrypto_load` to have succeeded.

void ccrypto_sha256(const void *_Nullable bytes, size_t count, uint8_t *digest);
/// 1 on success.
int ccrypto_hmac_sha256(
    const void *_Nullable key, size_t key_count, const void *_Nullable bytes, size_t count,
    uint8_t *digest);
/// 1 on success.
int ccrypto_pbkdf2_sha256(
    const char *_Nullable password, size_t password_count, const uint8_t *_Nullable salt,
    size_t salt_count, int rounds, uint8_t *key, size_t key_count);
/// 1 on success.
int ccrypto_random(uint8_t *bytes, size_t count);
/// 0 when equal; takes as long for any contents.
int ccrypto_compare(const void *left, const void *right, size_t count);

CCRYPTO_NONNULL_END

#endif
