#include <stdlib.h>
#include <vterm.h>

#include "CVTerm.h"

struct cvt_screen {
  VTerm *terminal;
  VTermScreen *screen;
  VTermPos cursor;
  int is_cursor_visible;
  int is_alternate;
  int mouse;
};

static int moved(VTermPos to, VTermPos from, int visible, void *user) {
  (void)from;
  (void)visible;
  ((cvt_screen *)user)->cursor = to;
  return 1;
}

static int changed(VTermProp property, VTermValue *value, void *user) {
  cvt_screen *screen = user;
  if (property == VTERM_PROP_CURSORVISIBLE) screen->is_cursor_visible = value->boolean;
  if (property == VTERM_PROP_ALTSCREEN) screen->is_alternate = value->boolean;
  if (property == VTERM_PROP_MOUSE) screen->mouse = value->number;
  return 1;
}

static const VTermScreenCallbacks callbacks = {.movecursor = moved, .settermprop = changed};

cvt_screen *cvt_new(int width, int height) {
  cvt_screen *screen = calloc(1, sizeof *screen);
  if (!screen) abort();
  screen->terminal = vterm_new(height, width);
  vterm_set_utf8(screen->terminal, 1);
  screen->screen = vterm_obtain_screen(screen->terminal);
  screen->is_cursor_visible = 1;
  vterm_screen_set_callbacks(screen->screen, &callbacks, screen);
  vterm_screen_enable_altscreen(screen->screen, 1);
  vterm_screen_reset(screen->screen, 1);
  return screen;
}

void cvt_free(cvt_screen *screen) {
  vterm_free(screen->terminal);
  free(screen);
}

void cvt_resize(cvt_screen *screen, int width, int height) {
  vterm_set_size(screen->terminal, height, width);
}

void cvt_feed(cvt_screen *screen, const uint8_t *bytes, size_t count) {
  vterm_input_write(screen->terminal, (const char *)bytes, count);
}

static VTermScreenCell cell(cvt_screen *screen, int x, int y) {
  VTermScreenCell result = {0};
  vterm_screen_get_cell(screen->screen, (VTermPos){.row = y, .col = x}, &result);
  return result;
}

int cvt_cell(cvt_screen *screen, int x, int y, uint32_t scalars[6]) {
  VTermScreenCell found = cell(screen, x, y);
  for (int index = 0; index < 6; index++) scalars[index] = found.chars[index];
  return found.chars[0] == (uint32_t)-1 ? 0 : found.width;
}

static int color(VTermColor value, int is_default) {
  if (is_default) return CVT_DEFAULT;
  if (VTERM_COLOR_IS_INDEXED(&value)) return value.indexed.idx;
  return 0x1000000 + (value.rgb.red << 16) + (value.rgb.green << 8) + value.rgb.blue;
}

int cvt_look(cvt_screen *screen, int x, int y, int *foreground, int *background) {
  VTermScreenCell found = cell(screen, x, y);
  *foreground = color(found.fg, VTERM_COLOR_IS_DEFAULT_FG(&found.fg));
  *background = color(found.bg, VTERM_COLOR_IS_DEFAULT_BG(&found.bg));
  return (found.attrs.bold ? CVT_BOLD : 0) | (found.attrs.underline ? CVT_UNDERLINE : 0) |
         (found.attrs.reverse ? CVT_REVERSE : 0) | (found.attrs.italic ? CVT_ITALIC : 0);
}

void cvt_cursor(cvt_screen *screen, int *x, int *y) {
  *x = screen->cursor.col;
  *y = screen->cursor.row;
}

int cvt_is_cursor_visible(cvt_screen *screen) { return screen->is_cursor_visible; }
int cvt_is_alternate(cvt_screen *screen) { return screen->is_alternate; }
int cvt_mouse(cvt_screen *screen) { return screen->mouse; }
