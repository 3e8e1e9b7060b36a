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

// Sealing: AES-256 in Galois/counter mode. A key has 32 bytes, a nonce 12 that never come twice with one key.

enum { CCRYPTO_SEAL_KEY_BYTES = 32, CCRYPTO_NONCE_BYTES = 12, CCRYPTO_TAG_BYTES = 16 };

/// `out` takes the bytes and their tag. 1 on success.
int ccrypto_seal(
    const uint8_t *key, const uint8_t *nonce, const void *_Nullable context, size_t context_count,
    const void *_Nullable bytes, size_t count, uint8_t *out);
/// `out` has room for all but the tag. 1 where nothing was changed since it was sealed.
int ccrypto_open(
    const uint8_t *key, const uint8_t *nonce, const void *_Nullable context, size_t context_count,
    const uint8_t *sealed, size_t count, uint8_t *out);

// Keys for signatures. A key that was made or read is given back with `ccrypto_key_free`.

enum { CCRYPTO_KEY_OTHER = 0, CCRYPTO_KEY_P256 = 1, CCRYPTO_KEY_RSA = 2, CCRYPTO_KEY_ED25519 = 3 };

typedef struct evp_pkey_st ccrypto_key;

/// A private key of a PEM text without a password; NULL for anything else.
ccrypto_key *_Nullable ccrypto_key_read(const char *pem, size_t count);
/// A new key on the curve P-256.
ccrypto_key *_Nullable ccrypto_key_make(void);
void ccrypto_key_free(ccrypto_key *key);
int ccrypto_key_kind(const ccrypto_key *key);
/// Signs with SHA-256, Ed25519 with its own digest; an EC signature comes as DER. Returns its size, 0 on failure.
size_t ccrypto_key_sign(
    ccrypto_key *key, const void *bytes, size_t count, uint8_t *out, size_t room);
/// A public key of its SubjectPublicKeyInfo in DER; NULL for anything else.
ccrypto_key *_Nullable ccrypto_public_key_read(const uint8_t *der, size_t count);
/// 1 where the signature is the key's, made as `ccrypto_key_sign` makes it.
int ccrypto_key_verify(
    ccrypto_key *key, const void *bytes, size_t count, const uint8_t *signature, size_t size);
/// The point of a P-256 key as 4, x and y, 65 bytes. 1 on success.
int ccrypto_key_point(const ccrypto_key *key, uint8_t *point);
/// The private key as PEM. Returns its size, 0 on failure.
size_t ccrypto_key_write(ccrypto_key *key, char *out, size_t room);

CCRYPTO_NONNULL_END

#endif
