#include "private.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

#include "CNcurses.h"

static SCREEN *screen;
static FILE *sink;
static uint8_t *taken;
static size_t taken_capacity;
static int has_default_colors;

// MARK: - Locale

int acn_locale(int environment_names_utf8) {
  setlocale(LC_CTYPE, "");
  if (MB_CUR_MAX == 1 && environment_names_utf8) setlocale(LC_CTYPE, "C.UTF-8");
  return MB_CUR_MAX > 1;
}

int acn_character_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

// MARK: - Screen

/// The description has what painting needs: to clear, and to put the cursor anywhere.
static int is_capable(const char *name, int *code) {
  int result = 0;
  *code = ACN_UNKNOWN_TERMINAL;
  if (setupterm(name, fileno(sink), &result) == ERR) return 0;
  const char *cup = tigetstr("cup");
  const char *clear = tigetstr("clear");
  int good = cup && cup != (char *)-1 && clear && clear != (char *)-1;
  del_curterm(cur_term);
  *code = good ? ACN_STARTED : ACN_INCAPABLE_TERMINAL;
  return good;
}

static int open_sink(void) {
  int fd = memfd_create("curses", MFD_CLOEXEC);
  if (fd < 0) return 0;
  sink = fdopen(fd, "w+");
  return sink != NULL;
}

static void prepare(int width, int height) {
  typeahead(-1);
  nonl();
  if (has_colors()) {
    start_color();
    has_default_colors = use_default_colors() == OK;
  }
  leaveok(stdscr, FALSE);
  scrollok(stdscr, FALSE);
  resize_term(height, width);
}

static int start(const char *name, int width, int height) {
  int code;
  if (!is_capable(name, &code)) return code;
  screen = newterm(name, sink, stdin);
  if (!screen) return ACN_UNKNOWN_TERMINAL;
  set_term(screen);
  prepare(width, height);
  return ACN_STARTED;
}

int acn_start(const char *name, const char *definition, int width, int height) {
  if (!open_sink()) return ACN_NO_MEMORY;
  const char *old = getenv("TERMINFO");
  char *kept = definition && old ? strdup(old) : NULL;
  if (definition) setenv("TERMINFO", definition, 1);
  // The size is told by resize_term; LINES and COLUMNS of the environment would override it.
  use_env(FALSE);
  int code = start(name, width, height);
  // A child process must not inherit our description.
  if (definition && kept) setenv("TERMINFO", kept, 1);
  if (definition && !kept) unsetenv("TERMINFO");
  free(kept);
  if (code != ACN_STARTED) acn_stop();
  return code;
}

void acn_stop(void) {
  if (screen) delscreen(screen);
  if (sink) fclose(sink);
  free(taken);
  screen = NULL;
  sink = NULL;
  taken = NULL;
  taken_capacity = 0;
}

int acn_colors(void) { return has_colors() && COLOR_PAIRS > 0 ? COLORS : 0; }

const char *acn_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (char *)-1 ? NULL : value;
}

void acn_resize(int width, int height) {
  resize_term(height, width);
  clearok(curscr, TRUE);
}

void acn_invalidate(void) { clearok(curscr, TRUE); }

// MARK: - Painting

static attr_t attributes(uint32_t effects) {
  static const attr_t rows[] = {A_BOLD, A_DIM, A_ITALIC, A_UNDERLINE, A_REVERSE};
  attr_t result = A_NORMAL;
  for (int bit = 0; bit < 5; bit++)
    if (effects & (1u << bit)) result |= rows[bit];
  return result;
}

/// The pair of two colours; 0, the terminal's own, where there are none (alloc_pair crashes without pairs).
static int pair(int32_t foreground, int32_t background) {
  if (!acn_colors() || (foreground < 0 && background < 0)) return 0;
  if (!has_default_colors && foreground < 0) foreground = COLOR_WHITE;
  if (!has_default_colors && background < 0) background = COLOR_BLACK;
  int number = alloc_pair(foreground, background);
  return number < 0 ? 0 : number;
}

/// One glyph as characters, in what the locale can write and of the width the grid has given it.
static void spell(uint64_t glyph, int width, wchar_t text[4]) {
  const uint64_t field = 0x1FFFFF;
  wchar_t base = (wchar_t)(glyph & field);
  text[1] = 0;
  text[0] = wcwidth(base) == width ? base : L'?';
  if (text[0] != base) return;
  int length = 1;
  for (int shift = 21; shift <= 42; shift += 21) {
    wchar_t mark = (wchar_t)(glyph >> shift & field);
    if (mark && wcwidth(mark) == 0) text[length++] = mark;
  }
  text[length] = 0;
}

static void put(int y, int x, const wchar_t *text, attr_t look, int color) {
  cchar_t cell;
  int wide = color;
  setcchar(&cell, text, look, (short)(color > 32767 ? 0 : color), color > 32767 ? &wide : NULL);
  mvadd_wchnstr(y, x, &cell, 1);
}

void acn_put(
  int y, int x, const uint64_t *glyphs, int count, uint32_t effects, int32_t foreground,
  int32_t background) {
  attr_t look = attributes(effects);
  int color = pair(foreground, background);
  for (int index = 0; index < count; index++) {
    if (glyphs[index] == UINT64_MAX) continue;
    int width = index + 1 < count && glyphs[index + 1] == UINT64_MAX ? 2 : 1;
    wchar_t text[4];
    spell(glyphs[index], width, text);
    put(y, x + index, text, look, color);
    if (width == 2 && text[0] == L'?') put(y, x + index + 1, L" ", look, color);
  }
}

void acn_cursor(int y, int x, int visible) {
  curs_set(visible);
  move(y, x);
}

/// Takes out of the sink what curses wrote.
static const uint8_t *take(size_t *count) {
  fflush(sink);
  off_t length = lseek(fileno(sink), 0, SEEK_CUR);
  *count = 0;
  if (length <= 0) return (const uint8_t *)"";
  if ((size_t)length > taken_capacity) {
    uint8_t *larger = realloc(taken, (size_t)length * 2);
    if (!larger) return (const uint8_t *)"";
    taken = larger;
    taken_capacity = (size_t)length * 2;
  }
  ssize_t got = pread(fileno(sink), taken, (size_t)length, 0);
  lseek(fileno(sink), 0, SEEK_SET);
  *count = got < 0 ? 0 : (size_t)got;
  return taken ? taken : (const uint8_t *)"";
}

const uint8_t *acn_render(size_t *count) {
  wnoutrefresh(stdscr);
  doupdate();
  return take(count);
}

const uint8_t *acn_leave(size_t *count) {
  endwin();
  return take(count);
}
