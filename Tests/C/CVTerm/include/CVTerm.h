#ifndef CVT_CVTERM_H
#define CVT_CVTERM_H

// A terminal in memory (libvterm) and a program on a real pseudo-terminal, for tests.

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

_Pragma("clang assume_nonnull begin")

// MARK: - Screen

typedef struct cvt_screen cvt_screen;

cvt_screen *cvt_new(int width, int height);
void cvt_free(cvt_screen *screen);
void cvt_resize(cvt_screen *screen, int width, int height);
void cvt_feed(cvt_screen *screen, const uint8_t *bytes, size_t count);
/// The scalars of a cell; answers its columns, 0 for the right half of a wide one.
int cvt_cell(cvt_screen *screen, int x, int y, uint32_t scalars[_Nonnull 6]);

enum { CVT_BOLD = 1, CVT_UNDERLINE = 2, CVT_REVERSE = 4, CVT_ITALIC = 8 };
enum { CVT_DEFAULT = -1 };

/// Effects, and the colours: an index below 256, 0x1000000 + RGB, or CVT_DEFAULT.
int cvt_look(cvt_screen *screen, int x, int y, int *foreground, int *background);
void cvt_cursor(cvt_screen *screen, int *x, int *y);
int cvt_is_cursor_visible(cvt_screen *screen);
int cvt_is_alternate(cvt_screen *screen);
/// 0 off, 1 clicks, 2 drags, 3 moves.
int cvt_mouse(cvt_screen *screen);

// MARK: - Pseudo-terminal

/// Starts a program as the leader of a session with a pseudo-terminal of that size; answers its process, -1 on failure.
pid_t cvt_spawn(
  const char *path, char *_Nullable const *_Nonnull arguments,
  char *_Nullable const *_Nonnull environment, int width, int height, int *master);
int cvt_set_size(int master, int width, int height);
/// A number over everything in the line discipline, to compare before and after.
uint64_t cvt_discipline(int master);

_Pragma("clang assume_nonnull end")

#endif
