#include "CPostgres.h"

#include <dlfcn.h>
#include <postgresql/libpq-fe.h>
#include <pthread.h>
#include <stdlib.h>

#define FUNCTIONS(row) \
  row(connectdb) row(status) row(reset) row(finish) row(errorMessage) row(exec) row(prepare) \
  row(execPrepared) row(sendQueryPrepared) row(setSingleRowMode) row(getResult) row(getCancel) \
  row(cancel) row(freeCancel) row(resultStatus) row(resultErrorField) row(resultErrorMessage) \
  row(ntuples) row(nfields) row(ftype) row(getisnull) row(getvalue) row(getlength) \
  row(cmdTuples) row(clear) row(setNoticeProcessor)

static struct {
#define MEMBER(name) __typeof__(PQ##name) *name;
  FUNCTIONS(MEMBER)
} api;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *failure;

static void load(void) {
  void *found = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (!found) {
    failure = "libpq.so.5 cannot be loaded";
    return;
  }
#define RESOLVE(name) \
  if (!(api.name = (__typeof__(PQ##name) *)dlsym(found, "PQ" #name))) failure = "libpq lacks PQ" #name;
  FUNCTIONS(RESOLVE)
}

const char *cpg_load(void) {
  pthread_once(&once, load);
  return failure;
}

static void ignore_notice(void *context, const char *message) {
  (void)context;
  (void)message;
}

#define C(connection) ((PGconn *)(connection))
#define R(result) ((PGresult *)(result))

cpg_connection *cpg_connect(const char *address) {
  PGconn *made = api.connectdb(address);
  if (made) api.setNoticeProcessor(made, ignore_notice, NULL);
  return (cpg_connection *)made;
}

int cpg_is_good(cpg_connection *connection) { return api.status(C(connection)) == CONNECTION_OK; }
void cpg_reset(cpg_connection *connection) { api.reset(C(connection)); }
void cpg_close(cpg_connection *connection) { api.finish(C(connection)); }
const char *cpg_message(cpg_connection *connection) { return api.errorMessage(C(connection)); }

cpg_result *cpg_run(cpg_connection *connection, const char *statements) {
  return (cpg_result *)api.exec(C(connection), statements);
}

cpg_result *cpg_prepare(cpg_connection *connection, const char *name, const char *statement) {
  return (cpg_result *)api.prepare(C(connection), name, statement, 0, NULL);
}

cpg_result *cpg_run_prepared(
    cpg_connection *connection, const char *name, int count, const char *const *values,
    const int *lengths, const int *binary) {
  return (cpg_result *)api.execPrepared(C(connection), name, count, values, lengths, binary, 1);
}

int cpg_send_prepared(
    cpg_connection *connection, const char *name, int count, const char *const *values,
    const int *lengths, const int *binary) {
  if (!api.sendQueryPrepared(C(connection), name, count, values, lengths, binary, 1)) return 0;
  return api.setSingleRowMode(C(connection));
}

cpg_result *cpg_next(cpg_connection *connection) {
  return (cpg_result *)api.getResult(C(connection));
}

void cpg_cancel(cpg_connection *connection) {
  char words[256];
  PGcancel *cancel = api.getCancel(C(connection));
  if (!cancel) return;
  api.cancel(cancel, words, sizeof words);
  api.freeCancel(cancel);
}

int cpg_is_success(cpg_result *result) {
  ExecStatusType status = api.resultStatus(R(result));
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE;
}

const char *cpg_state(cpg_result *result) {
  const char *state = api.resultErrorField(R(result), PG_DIAG_SQLSTATE);
  return state ? state : "";
}

const char *cpg_result_message(cpg_result *result) { return api.resultErrorMessage(R(result)); }
int cpg_rows(cpg_result *result) { return api.ntuples(R(result)); }
int cpg_columns(cpg_result *result) { return api.nfields(R(result)); }
uint32_t cpg_type(cpg_result *result, int column) { return api.ftype(R(result), column); }
int cpg_is_null(cpg_result *result, int row, int column) {
  return api.getisnull(R(result), row, column);
}
const char *cpg_value(cpg_result *result, int row, int column) {
  return api.getvalue(R(result), row, column);
}
int cpg_length(cpg_result *result, int row, int column) {
  return api.getlength(R(result), row, column);
}
int64_t cpg_changed(cpg_result *result) { return atoll(api.cmdTuples(R(result))); }
void cpg_clear(cpg_result *result) { api.clear(R(result)); }
