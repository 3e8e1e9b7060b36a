#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// Each row is one function of libcurl: how it is called here, and its name there.
#define FUNCTIONS(row) \
  row(global_init) row(easy_init) row(easy_reset) row(easy_cleanup) row(easy_pause) \
  row(easy_perform) row(easy_strerror) row(easy_setopt) row(easy_getinfo) row(version) \
  row(slist_append) row(slist_free_all) row(multi_init) row(multi_cleanup) \
  row(multi_add_handle) row(multi_remove_handle) row(multi_socket_action) \
  row(multi_setopt) row(multi_info_read)

static struct {
#define MEMBER(name) __typeof__(curl_##name) *name;
  FUNCTIONS(MEMBER)
} api;

static const char *load(void) {
  // One of its libraries brings GnuTLS, which would make itself ready as it is loaded: a millisecond for what nobody asks
  // here. Programs that we start get the environment as it was when this one started.
  setenv("GNUTLS_NO_IMPLICIT_INIT", "1", 0);
  void *library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return dlerror();
#define RESOLVE(name) \
  if (!(api.name = (__typeof__(curl_##name) *)dlsym(library, "curl_" #name))) return dlerror();
  FUNCTIONS(RESOLVE)
  return api.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? NULL : "libcurl did not initialise";
}

static const char *failure;

static void load_once(void) {
  const char *words = load();
  // The loader's words belong to the thread that asked.
  if (words && !(failure = strdup(words))) failure = "libcurl cannot be loaded";
}

const char *ccurl_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load_once);
  return failure;
}

CURL *ccurl_easy_new(void) { return api.easy_init(); }
void ccurl_easy_reset(CURL *easy) { api.easy_reset(easy); }
void ccurl_easy_free(CURL *easy) { api.easy_cleanup(easy); }
CURLcode ccurl_easy_pause(CURL *easy, int mask) { return api.easy_pause(easy, mask); }
CURLcode ccurl_easy_perform(CURL *easy) { return api.easy_perform(easy); }
const char *ccurl_easy_text(CURLcode code) { return api.easy_strerror(code); }
const char *ccurl_version(void) { return api.version(); }

#define SET(name, type) \
  CURLcode name(CURL *easy, CURLoption option, type value) { return api.easy_setopt(easy, option, value); }
SET(ccurl_set_long, long)
SET(ccurl_set_size, curl_off_t)
SET(ccurl_set_text, const char *)
SET(ccurl_set_pointer, void *)
SET(ccurl_set_list, struct curl_slist *)
SET(ccurl_set_data, ccurl_data_function)

CURLcode ccurl_set_seek(CURL *easy, ccurl_seek_function value) {
  return api.easy_setopt(easy, CURLOPT_SEEKFUNCTION, value);
}
CURLcode ccurl_set_prereq(CURL *easy, ccurl_prereq_function value) {
  return api.easy_setopt(easy, CURLOPT_PREREQFUNCTION, value);
}

#define GET(name, type) \
  type name(CURL *easy, CURLINFO info) { \
    type value = 0; \
    return api.easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0; \
  }
GET(ccurl_get_long, long)
GET(ccurl_get_size, curl_off_t)
GET(ccurl_get_text, const char *)

const struct curl_certinfo *ccurl_get_certificates(CURL *easy) {
  struct curl_certinfo *found = NULL;
  return api.easy_getinfo(easy, CURLINFO_CERTINFO, &found) == CURLE_OK ? found : NULL;
}

struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *text) {
  return api.slist_append(list, text);
}
void ccurl_list_free(struct curl_slist *list) { api.slist_free_all(list); }

CURLM *ccurl_multi_new(void) { return api.multi_init(); }
void ccurl_multi_free(CURLM *multi) { api.multi_cleanup(multi); }
CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy) { return api.multi_add_handle(multi, easy); }
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy) { return api.multi_remove_handle(multi, easy); }

CURLMcode ccurl_multi_act(CURLM *multi, curl_socket_t socket, int events) {
  int running;
  return api.multi_socket_action(multi, socket, events, &running);
}
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return api.multi_setopt(multi, option, value);
}
CURLMcode ccurl_multi_set_socket(CURLM *multi, ccurl_socket_function function, void *context) {
  api.multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
  return api.multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, function);
}
CURLMcode ccurl_multi_set_timer(CURLM *multi, ccurl_timer_function function, void *context) {
  api.multi_setopt(multi, CURLMOPT_TIMERDATA, context);
  return api.multi_setopt(multi, CURLMOPT_TIMERFUNCTION, function);
}

CURL *ccurl_multi_done(CURLM *multi, CURLcode *result) {
  int left;
  for (CURLMsg *message; (message = api.multi_info_read(multi, &left));) {
    if (message->msg != CURLMSG_DONE) continue;
    *result = message->data.result;
    return message->easy_handle;
  }
  return NULL;
}
