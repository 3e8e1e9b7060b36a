#ifndef CSQLITE_H
#define CSQLITE_H

#include <sqlite3.h>
#include <stdint.h>

// A variadic function, which Swift does not import.
static inline int al_sqlite_keep_log(sqlite3 *_Nullable database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

// SQLITE_TRANSIENT is a cast that Swift does not import: these two copy what they are given.

static inline int al_sqlite_bind_text(
    sqlite3_stmt *_Nonnull statement, int index, const char *_Nullable text, int64_t length) {
    return sqlite3_bind_text64(
        statement, index, text, (sqlite3_uint64)length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int al_sqlite_bind_blob(
    sqlite3_stmt *_Nonnull statement, int index, const void *_Nullable bytes, int64_t length) {
    return sqlite3_bind_blob64(
        statement, index, bytes, (sqlite3_uint64)length, SQLITE_TRANSIENT);
}

#endif
