// One digest of a short text is nearly all of what is asked for: the old functions do it without looking up a provider.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "CCrypto.h"

#include <dlfcn.h>
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <pthread.h>
#include <string.h>

#define FUNCTIONS(row) \
  row(SHA256_Init) row(SHA256_Update) row(SHA256_Final) row(HMAC) row(EVP_sha256) row(PKCS5_PBKDF2_HMAC) row(RAND_bytes) row(CRYPTO_memcmp) \
  row(BIO_new_mem_buf) row(BIO_new) row(BIO_s_mem) row(BIO_read) row(BIO_free) \
  row(PEM_read_bio_PrivateKey) row(PEM_write_bio_PrivateKey) row(EVP_PKEY_Q_keygen) \
  row(EVP_PKEY_free) row(EVP_PKEY_is_a) row(EVP_PKEY_get_group_name) \
  row(EVP_PKEY_get_octet_string_param) row(EVP_MD_CTX_new) row(EVP_MD_CTX_free) \
  row(EVP_DigestSignInit) row(EVP_DigestSign) row(EVP_DigestVerifyInit) row(EVP_DigestVerify) \
  row(d2i_PUBKEY) row(EVP_CIPHER_CTX_new) row(EVP_CIPHER_CTX_free) row(EVP_CIPHER_CTX_ctrl) \
  row(EVP_aes_256_gcm) row(EVP_EncryptInit_ex) row(EVP_EncryptUpdate) row(EVP_EncryptFinal_ex) \
  row(EVP_DecryptInit_ex) row(EVP_DecryptUpdate) row(EVP_DecryptFinal_ex)

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
  SHA256_CTX context;
  api._SHA256_Init(&context);
  api._SHA256_Update(&context, bytes, count);
  api._SHA256_Final(digest, &context);
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

// MARK: - Sealing

int ccrypto_seal(
    const uint8_t *key, const uint8_t *nonce, const void *context, size_t context_count,
    const void *bytes, size_t count, uint8_t *out) {
  EVP_CIPHER_CTX *cipher = api._EVP_CIPHER_CTX_new();
  if (!cipher) return 0;
  int size = 0, rest = 0;
  int done = api._EVP_EncryptInit_ex(cipher, api._EVP_aes_256_gcm(), NULL, key, nonce) == 1 &&
             api._EVP_EncryptUpdate(cipher, NULL, &size, context ? context : "", (int)context_count) == 1 &&
             api._EVP_EncryptUpdate(cipher, out, &size, bytes ? bytes : "", (int)count) == 1 &&
             api._EVP_EncryptFinal_ex(cipher, out + size, &rest) == 1 &&
             api._EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_GCM_GET_TAG, CCRYPTO_TAG_BYTES, out + count) == 1;
  api._EVP_CIPHER_CTX_free(cipher);
  return done;
}

int ccrypto_open(
    const uint8_t *key, const uint8_t *nonce, const void *context, size_t context_count,
    const uint8_t *sealed, size_t count, uint8_t *out) {
  if (count < CCRYPTO_TAG_BYTES) return 0;
  EVP_CIPHER_CTX *cipher = api._EVP_CIPHER_CTX_new();
  if (!cipher) return 0;
  count -= CCRYPTO_TAG_BYTES;
  uint8_t tag[CCRYPTO_TAG_BYTES];
  memcpy(tag, sealed + count, sizeof tag);
  int size = 0, rest = 0;
  int done = api._EVP_DecryptInit_ex(cipher, api._EVP_aes_256_gcm(), NULL, key, nonce) == 1 &&
             api._EVP_DecryptUpdate(cipher, NULL, &size, context ? context : "", (int)context_count) == 1 &&
             api._EVP_DecryptUpdate(cipher, out, &size, sealed, (int)count) == 1 &&
             api._EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_GCM_SET_TAG, sizeof tag, tag) == 1 &&
             api._EVP_DecryptFinal_ex(cipher, out + size, &rest) == 1;
  api._EVP_CIPHER_CTX_free(cipher);
  return done;
}

// MARK: - Keys

/// A key with a password is refused rather than asked for on the terminal.
static int no_password(char *buffer, int room, int writes, void *context) {
  (void)buffer, (void)room, (void)writes, (void)context;
  return -1;
}

ccrypto_key *ccrypto_key_read(const char *pem, size_t count) {
  if (count > 65536) return NULL;
  BIO *bio = api._BIO_new_mem_buf(pem, (int)count);
  if (!bio) return NULL;
  EVP_PKEY *key = api._PEM_read_bio_PrivateKey(bio, NULL, no_password, NULL);
  api._BIO_free(bio);
  return key;
}

ccrypto_key *ccrypto_key_make(void) { return api._EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256"); }

void ccrypto_key_free(ccrypto_key *key) { api._EVP_PKEY_free(key); }

int ccrypto_key_kind(const ccrypto_key *key) {
  if (api._EVP_PKEY_is_a(key, "RSA")) return CCRYPTO_KEY_RSA;
  if (api._EVP_PKEY_is_a(key, "ED25519")) return CCRYPTO_KEY_ED25519;
  char group[32] = "";
  size_t size = 0;
  if (!api._EVP_PKEY_is_a(key, "EC") ||
      !api._EVP_PKEY_get_group_name(key, group, sizeof group, &size))
    return CCRYPTO_KEY_OTHER;
  return strcmp(group, "prime256v1") == 0 || strcmp(group, "P-256") == 0 ? CCRYPTO_KEY_P256
                                                                         : CCRYPTO_KEY_OTHER;
}

size_t ccrypto_key_sign(
    ccrypto_key *key, const void *bytes, size_t count, uint8_t *out, size_t room) {
  EVP_MD_CTX *context = api._EVP_MD_CTX_new();
  if (!context) return 0;
  const EVP_MD *digest = ccrypto_key_kind(key) == CCRYPTO_KEY_ED25519 ? NULL : api._EVP_sha256();
  size_t size = room;
  int done = api._EVP_DigestSignInit(context, NULL, digest, NULL, key) == 1 &&
             api._EVP_DigestSign(context, out, &size, bytes, count) == 1;
  api._EVP_MD_CTX_free(context);
  return done ? size : 0;
}

ccrypto_key *ccrypto_public_key_read(const uint8_t *der, size_t count) {
  const uint8_t *place = der;
  EVP_PKEY *key = count > 8192 ? NULL : api._d2i_PUBKEY(NULL, &place, (long)count);
  if (key && place != der + count) {
    api._EVP_PKEY_free(key);
    return NULL;
  }
  return key;
}

int ccrypto_key_verify(
    ccrypto_key *key, const void *bytes, size_t count, const uint8_t *signature, size_t size) {
  EVP_MD_CTX *context = api._EVP_MD_CTX_new();
  if (!context) return 0;
  const EVP_MD *digest = ccrypto_key_kind(key) == CCRYPTO_KEY_ED25519 ? NULL : api._EVP_sha256();
  int good = api._EVP_DigestVerifyInit(context, NULL, digest, NULL, key) == 1 &&
             api._EVP_DigestVerify(context, signature, size, bytes, count) == 1;
  api._EVP_MD_CTX_free(context);
  return good;
}

int ccrypto_key_point(const ccrypto_key *key, uint8_t *point) {
  size_t size = 0;
  return api._EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point, 65, &size) == 1 &&
         size == 65 && point[0] == 4;
}

size_t ccrypto_key_write(ccrypto_key *key, char *out, size_t room) {
  BIO *bio = api._BIO_new(api._BIO_s_mem());
  if (!bio) return 0;
  int size = 0;
  if (api._PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) == 1)
    size = api._BIO_read(bio, out, (int)room);
  api._BIO_free(bio);
  return size > 0 ? (size_t)size : 0;
}
