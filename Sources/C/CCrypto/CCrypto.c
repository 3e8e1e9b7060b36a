#include "CCrypto.h"

#include <dlfcn.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <pthread.h>

#define FUNCTIONS(row) \
  row(SHA256) row(HMAC) row(EVP_sha256) row(PKCS5_PBKDF2_HMAC) row(RAND_bytes) row(CRYPTO_memcmp)

static struct {
#define MEMBER(name) __typeof__(name) *_##name;
  FUNCTIONS(MEMBER)
} api;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *failure;

static void load(void) {
  void *found = dlopen("libcrypto.so.3", RTLD_NOW | RTLD_LOCAL);
  if (!found) {
    failure = "libcrypto.so.3 cannot be loaded";
    return;
  }
#define RESOLVE(name) \
  if (!(api._##name = (__typeof__(name) *)dlsym(found, #name))) failure = "libcrypto lacks " #name;
  FUNCTIONS(RESOLVE)
}

const char *ccrypto_load(void) {
  pthread_once(&once, load);
  return failure;
}

void ccrypto_sha256(const void *bytes, size_t count, uint8_t *digest) {
  api._SHA256(bytes, count, digest);
}

int ccrypto_hmac_sha256(
    const void *key, size_t key_count, const void *bytes, size_t count, uint8_t *digest) {
  unsigned int size = CCRYPTO_SHA256_BYTES;
  return api._HMAC(api._EVP_sha256(), key ? key : "", (int)key_count, bytes, count, digest, &size) != NULL;
}

int ccrypto_pbkdf2_sha256(
    const char *password, size_t password_count, const uint8_t *salt, size_t salt_count, int rounds,
    uint8_t *key, size_t key_count) {
  return api._PKCS5_PBKDF2_HMAC(
      password ? password : "", (int)password_count, salt, (int)salt_count, rounds,
      api._EVP_sha256(), (int)key_count, key);
}

int ccrypto_random(uint8_t *bytes, size_t count) { return api._RAND_bytes(bytes, (int)count) == 1; }

int ccrypto_compare(const void *left, const void *right, size_t count) {
  return api._CRYPTO_memcmp(left, right, count);
}
