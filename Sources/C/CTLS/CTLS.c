#include "CTLS.h"

#include <dlfcn.h>
#include <limits.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define FUNCTIONS(row) \
  row(TLS_server_method) row(SSL_CTX_new) row(SSL_CTX_free) row(SSL_CTX_ctrl) \
  row(SSL_CTX_set_options) row(SSL_CTX_use_certificate_chain_file) \
  row(SSL_CTX_use_PrivateKey_file) row(SSL_CTX_check_private_key) \
  row(SSL_CTX_set_default_passwd_cb) row(SSL_CTX_set_alpn_select_cb) row(SSL_new) row(SSL_free) \
  row(SSL_set_fd) row(SSL_set_accept_state) row(SSL_read) row(SSL_write) row(SSL_shutdown) \
  row(SSL_get_error) row(SSL_is_init_finished) row(ERR_clear_error) row(ERR_peek_error) \
  row(ERR_reason_error_string)

static struct {
#define MEMBER(name) __typeof__(name) *_##name;
  FUNCTIONS(MEMBER)
} api;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *failure;

static void load(void) {
  void *found = dlopen("libssl.so.3", RTLD_NOW | RTLD_LOCAL);
  if (!found) {
    failure = "libssl.so.3 cannot be loaded";
    return;
  }
#define RESOLVE(name) \
  if (!(api._##name = (__typeof__(name) *)dlsym(found, #name))) failure = "libssl lacks " #name;
  FUNCTIONS(RESOLVE)
}

const char *ctls_load(void) {
  pthread_once(&once, load);
  return failure;
}

/// A key with a password is refused rather than asked for on the terminal.
static int no_password(char *buffer, int room, int writes, void *context) {
  (void)buffer, (void)room, (void)writes, (void)context;
  return -1;
}

/// HTTP/1.1 is what is spoken; who offers other protocols only is told so.
static int choose_protocol(
    SSL *session, const unsigned char **chosen, unsigned char *count, const unsigned char *offered,
    unsigned int size, void *context) {
  (void)session, (void)context;
  static const char name[] = "http/1.1";
  for (unsigned int at = 0; at < size && at + offered[at] < size; at += 1u + offered[at]) {
    if (offered[at] != sizeof name - 1 || memcmp(offered + at + 1, name, sizeof name - 1)) continue;
    *chosen = offered + at + 1;
    *count = offered[at];
    return SSL_TLSEXT_ERR_OK;
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

static const char *reason(void) {
  const char *words = api._ERR_reason_error_string(api._ERR_peek_error());
  return words ? words : "it cannot be read";
}

/// 1 where it can be used; else `problem` says which file is at fault, and why.
static int fill(SSL_CTX *context, const char *certificate, const char *key, char *problem, size_t room) {
  api._ERR_clear_error();
  if (api._SSL_CTX_use_certificate_chain_file(context, certificate) != 1) {
    snprintf(problem, room, "the certificate '%s' cannot be used: %s", certificate, reason());
    return 0;
  }
  if (api._SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1 ||
      api._SSL_CTX_check_private_key(context) != 1) {
    snprintf(problem, room, "the key '%s' cannot be used: %s", key, reason());
    return 0;
  }
  return 1;
}

ctls_context *ctls_context_make(
    const char *certificate, const char *key, char *problem, size_t room) {
  SSL_CTX *context = api._SSL_CTX_new(api._TLS_server_method());
  if (!context) {
    snprintf(problem, room, "out of memory");
    return NULL;
  }
  api._SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, TLS1_2_VERSION, NULL);
  api._SSL_CTX_ctrl(
      context, SSL_CTRL_MODE,
      SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS,
      NULL);
  api._SSL_CTX_set_options(
      context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  api._SSL_CTX_set_default_passwd_cb(context, no_password);
  api._SSL_CTX_set_alpn_select_cb(context, choose_protocol, NULL);
  if (fill(context, certificate, key, problem, room)) return context;
  api._SSL_CTX_free(context);
  return NULL;
}

void ctls_context_free(ctls_context *context) { api._SSL_CTX_free(context); }

ctls_session *ctls_session_make(ctls_context *context, int socket) {
  SSL *session = api._SSL_new(context);
  if (!session) return NULL;
  if (api._SSL_set_fd(session, socket) != 1) {
    api._SSL_free(session);
    return NULL;
  }
  api._SSL_set_accept_state(session);
  return session;
}

void ctls_session_free(ctls_session *session) { api._SSL_free(session); }

static long outcome(SSL *session, int code) {
  if (code > 0) return code;
  switch (api._SSL_get_error(session, code)) {
    case SSL_ERROR_WANT_READ: return CTLS_WANTS_READ;
    case SSL_ERROR_WANT_WRITE: return CTLS_WANTS_WRITE;
    case SSL_ERROR_ZERO_RETURN: return CTLS_ENDED;
    default: return CTLS_FAILED;
  }
}

static int size(size_t count) { return count > INT_MAX ? INT_MAX : (int)count; }

long ctls_read(ctls_session *session, void *bytes, size_t room) {
  api._ERR_clear_error();
  return outcome(session, api._SSL_read(session, bytes, size(room)));
}

long ctls_write(ctls_session *session, const void *bytes, size_t count) {
  api._ERR_clear_error();
  return outcome(session, api._SSL_write(session, bytes, size(count)));
}

void ctls_say_end(ctls_session *session) {
  if (!api._SSL_is_init_finished(session)) return;
  api._ERR_clear_error();
  api._SSL_shutdown(session);
}
