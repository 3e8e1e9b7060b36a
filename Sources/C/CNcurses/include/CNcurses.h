#ifndef ACN_CNCURSES_H
#define ACN_CNCURSES_H

// ncursesw behind opaque functions. Curses paints into memory: its bytes are taken by `acn_render` and written by the
// caller, so one frame is one write and no call here touches the terminal, `acn_emergency_*` and `acn_mode_*` excepted.
// There is one screen a process; all of this belongs to the thread that started it.

#include <stddef.h>
#include <stdint.h>

#define ACN_NONNULL_BEGIN _Pragma("clang assume_nonnull begin")
#define ACN_NONNULL_END _Pragma("clang assume_nonnull end")

ACN_NONNULL_BEGIN

// MARK: - Locale

/// Takes the environment's character type, `C.UTF-8` where it names a UTF-8 locale that is not installed.
/// Answers whether characters are UTF-8.
int acn_locale(int environment_names_utf8);
/// The C library's belief about a character's columns; -1 where it knows none.
int acn_character_width(uint32_t scalar);

// MARK: - Screen

enum { ACN_STARTED = 0, ACN_UNKNOWN_TERMINAL, ACN_INCAPABLE_TERMINAL, ACN_NO_MEMORY };

/// Starts curses for a terminal description, its own compiled form (`b64:…`) instead of the database's where given.
int acn_start(const char *name, const char *_Nullable definition, int width, int height);
/// Forgets the screen and frees it.
void acn_stop(void);
/// Colours the description promises, 0 for none.
int acn_colors(void);
/// A string of the description, padding marks included; nil where it has none.
const char *_Nullable acn_capability(const char *name);
void acn_resize(int width, int height);
/// Voids what the terminal is taken to show: the next frame clears and repaints it.
void acn_invalidate(void);

// MARK: - Painting

enum { ACN_BOLD = 1, ACN_DIM = 2, ACN_ITALIC = 4, ACN_UNDERLINE = 8, ACN_REVERSE = 16 };

/// Puts cells of one look. A glyph packs a base and two marks of 21 bits each; all ones continue the wide glyph before.
/// A colour is -1 (the terminal's own) or what the description's setaf takes.
void acn_put(
  int y, int x, const uint64_t *glyphs, int count, uint32_t effects, int32_t foreground,
  int32_t background);
void acn_cursor(int y, int x, int visible);
/// Ends a frame: what the terminal must be sent for it. The bytes stay until the next call.
const uint8_t *acn_render(size_t *count);
/// What leaves curses' screen (and lets the next `acn_render` enter it again).
const uint8_t *acn_leave(size_t *count);

// MARK: - The terminal's own state

/// Remembers the line discipline of the terminal; -1 where it is no terminal.
int acn_mode_save(int fd);
/// Keys as they are typed: no echo, no signals, no translation.
int acn_mode_raw(int fd);
/// What `acn_mode_save` remembered.
int acn_mode_restore(int fd);
int acn_window_size(int fd, int *width, int *height);
/// Opens the terminal behind a descriptor anew, so that not blocking is its own affair and not the shell's.
int acn_reopen(int fd);

// MARK: - Signals

/// From now on a crash first sends `reset`, restores the line discipline and says `message` before the signal's name.
void acn_emergency_arm(int fd, const char *reset, size_t count, const char *message);
void acn_emergency_disarm(void);
/// Where a crash writes what it knows, and the line that its report begins with; its folders are made then.
void acn_emergency_report(const char *path, const char *head);
/// Stops the process group as Ctrl-Z does; returns when it continues.
void acn_suspend_group(void);

ACN_NONNULL_END

#endif
