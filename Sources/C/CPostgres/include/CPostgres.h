#ifndef CPOSTGRES_H
#define CPOSTGRES_H

// libpq, found when the first connection is made: who keeps an embedded store need not have it.

#include <stddef.h>
#include <stdint.h>

#define CPG_NONNULL_BEGIN _Pragma("clang assume_nonnull begin")
#define CPG_NONNULL_END _Pragma("clang assume_nonnull end")

CPG_NONNULL_BEGIN

typedef struct cpg_connection cpg_connection;
typedef struct cpg_result cpg_result;

/// Finds the library; NULL when it is there, else why not. May be called from any thread, any number of times.
const char *_Nullable cpg_load(void);

// All that follows needs `cpg_load` to have succeeded.

cpg_connection *_Nullable cpg_connect(const char *address);
int cpg_is_good(cpg_connection *connection);
/// Connects again with the same address.
void cpg_reset(cpg_connection *connection);
void cpg_close(cpg_connection *connection);
const char *cpg_message(cpg_connection *connection);

/// One or several statements without parameters.
cpg_result *_Nullable cpg_run(cpg_connection *connection, const char *statements);
cpg_result *_Nullable cpg_prepare(
    cpg_connection *connection, const char *name, const char *statement);
/// Parameters in text form, but those whose `binary` is 1; a NULL value is SQL's. Values come back in binary form.
cpg_result *_Nullable cpg_run_prepared(
    cpg_connection *connection, const char *name, int count,
    const char *_Nullable const *_Nullable values, const int *_Nullable lengths,
    const int *_Nullable binary);
/// The same, a row at a time by `cpg_next`; 1 where it was sent.
int cpg_send_prepared(
    cpg_connection *connection, const char *name, int count,
    const char *_Nullable const *_Nullable values, const int *_Nullable lengths,
    const int *_Nullable binary);
/// The next row or the end, NULL behind it.
cpg_result *_Nullable cpg_next(cpg_connection *connection);
/// Asks the server to stop what it does for this connection.
void cpg_cancel(cpg_connection *connection);

/// 0 where the statement failed.
int cpg_is_success(cpg_result *result);
/// The five characters of SQLSTATE, empty without one.
const char *cpg_state(cpg_result *result);
const char *cpg_result_message(cpg_result *result);
int cpg_rows(cpg_result *result);
int cpg_columns(cpg_result *result);
/// The type's number, as `pg_type` has it.
uint32_t cpg_type(cpg_result *result, int column);
int cpg_is_null(cpg_result *result, int row, int column);
const char *cpg_value(cpg_result *result, int row, int column);
int cpg_length(cpg_result *result, int row, int column);
/// Rows that were changed.
int64_t cpg_changed(cpg_result *result);
void cpg_clear(cpg_result *result);

CPG_NONNULL_END

#endif
