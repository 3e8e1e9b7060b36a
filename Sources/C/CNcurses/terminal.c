#include "private.h"

#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "CNcurses.h"

static struct termios saved;
static int is_saved;

// MARK: - Line discipline

int acn_mode_save(int fd) {
  is_saved = tcgetattr(fd, &saved) == 0;
  return is_saved ? 0 : -1;
}

int acn_mode_raw(int fd) {
  if (!is_saved) return -1;
  struct termios raw = saved;
  cfmakeraw(&raw);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  return tcsetattr(fd, TCSADRAIN, &raw);
}

int acn_mode_restore(int fd) { return is_saved ? tcsetattr(fd, TCSADRAIN, &saved) : -1; }

int acn_window_size(int fd, int *width, int *height) {
  struct winsize size = {0};
  if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return -1;
  *width = size.ws_col;
  *height = size.ws_row;
  return 0;
}

int acn_reopen(int fd) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  return open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
}

// MARK: - Crashes

static const struct {
  int number;
  const char *name;
} crashes[] = {
  {SIGSEGV, "SIGSEGV"}, {SIGBUS, "SIGBUS"}, {SIGILL, "SIGILL"},
  {SIGFPE, "SIGFPE"},   {SIGABRT, "SIGABRT"}, {SIGTRAP, "SIGTRAP"},
};
enum { CRASHES = sizeof crashes / sizeof crashes[0] };

static struct sigaction before[CRASHES];
static volatile sig_atomic_t armed;
static int terminal = -1;
static char reset_bytes[512];
static size_t reset_count;
static char last_words[256];
static char *alternate_stack;
static char report_path[1024];
static char report_head[256];

static void tell(int fd, const char *text) {
  ssize_t ignored = write(fd, text, strlen(text));
  (void)ignored;
}

static void tell_hex(int fd, const char *name, unsigned long value) {
  char text[2 * sizeof value + 3] = "0x", *digit = text + sizeof text - 1;
  for (*digit = 0; digit > text + 2; value >>= 4) *--digit = "0123456789abcdef"[value & 15];
  tell(fd, name);
  tell(fd, text);
  tell(fd, "\n");
}

static void make_folders(void) {
  for (char *slash = strchr(report_path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    mkdir(report_path, 0700);
    *slash = '/';
  }
}

/// Nothing that a person or a server typed is in a report: the signal, the address and the way there.
static int report(const char *name, siginfo_t *info) {
  if (!report_path[0]) return -1;
  make_folders();
  int fd = open(report_path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return -1;
  tell(fd, report_head);
  tell(fd, "\nsignal ");
  tell(fd, name);
  tell_hex(fd, "\naddress ", info->si_code > 0 ? (unsigned long)info->si_addr : 0);
  void *frames[64];
  backtrace_symbols_fd(frames, backtrace(frames, 64), fd);
  return close(fd);
}

/// Only calls that a signal handler may make. What fails is passed over: every step is tried.
static void crashed(int number, siginfo_t *info, void *context) {
  (void)context;
  int index = 0;
  while (index < CRASHES - 1 && crashes[index].number != number) index++;
  if (armed) {
    armed = 0;
    ssize_t ignored = write(terminal, reset_bytes, reset_count);
    (void)ignored;
    if (is_saved) tcsetattr(terminal, TCSANOW, &saved);
    tell(STDERR_FILENO, last_words);
    tell(STDERR_FILENO, crashes[index].name);
    if (report(crashes[index].name, info) == 0) {
      tell(STDERR_FILENO, "; the report is ");
      tell(STDERR_FILENO, report_path);
    }
    tell(STDERR_FILENO, "\n");
  }
  sigaction(number, &before[index], NULL);
  // A fault happens again on return and finds the handler before ours; a signal that was sent has to be sent again.
  if (info->si_code <= 0) raise(number);
}

void acn_emergency_arm(int fd, const char *reset, size_t count, const char *message) {
  acn_emergency_disarm();
  terminal = fd;
  reset_count = count < sizeof reset_bytes ? count : sizeof reset_bytes;
  memcpy(reset_bytes, reset, reset_count);
  snprintf(last_words, sizeof last_words, "%s", message);
  if (!alternate_stack) alternate_stack = malloc(65536);
  stack_t stack = {.ss_sp = alternate_stack, .ss_size = 65536};
  if (alternate_stack) sigaltstack(&stack, NULL);
  struct sigaction action = {.sa_sigaction = crashed, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (int index = 0; index < CRASHES; index++)
    sigaction(crashes[index].number, &action, &before[index]);
  armed = 1;
}

void acn_emergency_disarm(void) {
  if (!armed) return;
  armed = 0;
  for (int index = 0; index < CRASHES; index++)
    sigaction(crashes[index].number, &before[index], NULL);
}

void acn_emergency_report(const char *path, const char *head) {
  if (strlen(path) >= sizeof report_path) return;
  strcpy(report_path, path);
  snprintf(report_head, sizeof report_head, "%s", head);
  // The first call may load a library, which a signal handler must not.
  void *frame;
  backtrace(&frame, 1);
}

// MARK: - Suspension

void acn_suspend_group(void) {
  struct sigaction standard = {.sa_handler = SIG_DFL}, old;
  sigset_t stop, mask;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  sigaction(SIGTSTP, &standard, &old);
  pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
  kill(0, SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  sigaction(SIGTSTP, &old, NULL);
}
