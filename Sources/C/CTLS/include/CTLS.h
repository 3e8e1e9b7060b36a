#ifndef CTLS_H
#define CTLS_H

// The server's side of TLS by OpenSSL's libssl, found when the first certificate is read.

#include <stddef.h>

#pragma clang assume_nonnull begin

typedef struct ssl_ctx_st ctls_context;
typedef struct ssl_st ctls_session;

// What reading and writing give where it is no count of bytes.
enum {
  CTLS_ENDED = 0,
  /// Go on when the socket can be read, or written.
  CTLS_WANTS_READ = -1,
  CTLS_WANTS_WRITE = -2,
  CTLS_FAILED = -3,
};

/// Finds the library; NULL when it is there, else why not. May be called from any thread, any number of times.
const char *_Nullable ctls_load(void);

// All that follows needs `ctls_load` to have succeeded.

/// A certificate with its chain and its key, both PEM files. TLS 1.2 and newer; HTTP/1.1 where the client asks.
/// NULL where they cannot be used; `problem` then says why.
ctls_context *_Nullable ctls_context_make(
    const char *certificate, const char *key, char *problem, size_t room);
void ctls_context_free(ctls_context *context);

/// One connection on a socket that does not block; it does not close it.
ctls_session *_Nullable ctls_session_make(ctls_context *context, int socket);
void ctls_session_free(ctls_session *session);

/// How many bytes, or one of the words above. The first of them shake hands.
long ctls_read(ctls_session *session, void *bytes, size_t room);
long ctls_write(ctls_session *session, const void *bytes, size_t count);
/// Tells the other side that nothing more comes.
void ctls_say_end(ctls_session *session);

#pragma clang assume_nonnull end

#endif
