#ifndef ALIDADE_CCURL_H
#define ALIDADE_CCURL_H

// libcurl, resolved when it is first needed: linking it would cost every start about 4 ms, most of it in the
// thirty libraries it brings along. Only constants and types come from its header.
#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>
#include <stddef.h>

typedef size_t (*ccurl_data_function)(char *_Nonnull data, size_t size, size_t count, void *_Nullable context);
typedef int (*ccurl_seek_function)(void *_Nullable context, curl_off_t offset, int origin);
typedef int (*ccurl_prereq_function)(
    void *_Nullable context, char *_Nonnull peer, char *_Nonnull local, int peer_port, int local_port);
typedef int (*ccurl_socket_function)(
    CURL *_Nonnull easy, curl_socket_t socket, int what, void *_Nullable context, void *_Nullable socket_context);
typedef int (*ccurl_timer_function)(CURLM *_Nonnull multi, long milliseconds, void *_Nullable context);

// A cast in the macro hides it from Swift.
static const long ccurl_auth_basic = CURLAUTH_BASIC;

/// Loads libcurl and initialises it, once; NULL, or what the loader says.
const char *_Nullable ccurl_load(void);

CURL *_Nullable ccurl_easy_new(void);
void ccurl_easy_reset(CURL *_Nonnull easy);
void ccurl_easy_free(CURL *_Nonnull easy);
CURLcode ccurl_easy_pause(CURL *_Nonnull easy, int mask);
CURLcode ccurl_easy_perform(CURL *_Nonnull easy);
const char *_Nonnull ccurl_easy_text(CURLcode code);
const char *_Nonnull ccurl_version(void);

CURLcode ccurl_set_long(CURL *_Nonnull easy, CURLoption option, long value);
CURLcode ccurl_set_size(CURL *_Nonnull easy, CURLoption option, curl_off_t value);
CURLcode ccurl_set_text(CURL *_Nonnull easy, CURLoption option, const char *_Nullable value);
CURLcode ccurl_set_pointer(CURL *_Nonnull easy, CURLoption option, void *_Nullable value);
CURLcode ccurl_set_list(CURL *_Nonnull easy, CURLoption option, struct curl_slist *_Nullable value);
CURLcode ccurl_set_data(CURL *_Nonnull easy, CURLoption option, ccurl_data_function _Nullable value);
CURLcode ccurl_set_seek(CURL *_Nonnull easy, ccurl_seek_function _Nullable value);
CURLcode ccurl_set_prereq(CURL *_Nonnull easy, ccurl_prereq_function _Nullable value);

/// Zero or NULL where libcurl has nothing to tell.
long ccurl_get_long(CURL *_Nonnull easy, CURLINFO info);
curl_off_t ccurl_get_size(CURL *_Nonnull easy, CURLINFO info);
const char *_Nullable ccurl_get_text(CURL *_Nonnull easy, CURLINFO info);
const struct curl_certinfo *_Nullable ccurl_get_certificates(CURL *_Nonnull easy);

struct curl_slist *_Nullable ccurl_list_append(struct curl_slist *_Nullable list, const char *_Nonnull text);
void ccurl_list_free(struct curl_slist *_Nullable list);

CURLM *_Nullable ccurl_multi_new(void);
void ccurl_multi_free(CURLM *_Nonnull multi);
CURLMcode ccurl_multi_add(CURLM *_Nonnull multi, CURL *_Nonnull easy);
CURLMcode ccurl_multi_remove(CURLM *_Nonnull multi, CURL *_Nonnull easy);
CURLMcode ccurl_multi_act(CURLM *_Nonnull multi, curl_socket_t socket, int events);
CURLMcode ccurl_multi_set_long(CURLM *_Nonnull multi, CURLMoption option, long value);
CURLMcode ccurl_multi_set_socket(
    CURLM *_Nonnull multi, ccurl_socket_function _Nonnull function, void *_Nullable context);
CURLMcode ccurl_multi_set_timer(
    CURLM *_Nonnull multi, ccurl_timer_function _Nonnull function, void *_Nullable context);

/// The next transfer that is done and its result; NULL when there is none.
CURL *_Nullable ccurl_multi_done(CURLM *_Nonnull multi, CURLcode *_Nonnull result);

#endif
