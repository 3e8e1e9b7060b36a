#define _GNU_SOURCE
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "CVTerm.h"

static void reset_signals(void) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
}

pid_t cvt_spawn(
  const char *path, char *const *arguments, char *const *environment, int width, int height,
  int *master) {
  struct winsize size = {.ws_row = (unsigned short)height, .ws_col = (unsigned short)width};
  pid_t child = forkpty(master, NULL, NULL, &size);
  if (child == 0) {
    reset_signals();
    closefrom(3);
    execve(path, arguments, environment);
    _exit(127);
  }
  if (child > 0) fcntl(*master, F_SETFD, FD_CLOEXEC);
  if (child > 0) fcntl(*master, F_SETFL, O_NONBLOCK);
  return child;
}

int cvt_set_size(int master, int width, int height) {
  struct winsize size = {.ws_row = (unsigned short)height, .ws_col = (unsigned short)width};
  return ioctl(master, TIOCSWINSZ, &size);
}

uint64_t cvt_discipline(int master) {
  struct termios mode = {0};
  if (tcgetattr(master, &mode) != 0) return 0;
  uint64_t sum = 14695981039346656037u;
  const uint32_t flags[] = {mode.c_iflag, mode.c_oflag, mode.c_cflag, mode.c_lflag};
  for (int index = 0; index < 4; index++) sum = (sum ^ flags[index]) * 1099511628211u;
  for (int index = 0; index < NCCS; index++) sum = (sum ^ mode.c_cc[index]) * 1099511628211u;
  return sum;
}
