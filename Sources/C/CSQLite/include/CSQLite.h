#ifndef CSQLITE_H
#define CSQLITE_H

#include <sqlite3.h>
#include <stdint.h>

// A variadic function, which Swift does not import.
static inline int al_sqlite_keep_log(sqlite3 *_Nullable database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

// The index of a write-ahead log is memory that all connections share (https://sqlite.org/walformat.html); null where a
// connection has none. It is there as long as the connection.
static inline const volatile uint64_t *_Nullable al_sqlite_log_index(sqlite3 *_Nullable database) {
    sqlite3_file *file = 0;
    volatile void *region = 0;
    if (sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file ||
        !file->pMethods || file->pMethods->iVersion < 2 || !file->pMethods->xShmMap)
        return 0;
    return file->pMethods->xShmMap(file, 0, 32768, 0, &region) == SQLITE_OK
               ? (const volatile uint64_t *)region
               : 0;
}

// Its first words: a count of commits, the log's length, its last checksum and its salt. No commit leaves them as they were.
static inline uint64_t al_sqlite_log_mark(const volatile uint64_t *_Nonnull index) {
    uint64_t mark = 0;
    for (int word = 1; word < 5; word++) mark = (mark ^ index[word]) * 0x9E3779B97F4A7C15u;
    return mark;
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
