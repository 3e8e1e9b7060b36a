#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "signal_bits.h"

int al_eventfd(int blocking_semaphore) {
  return eventfd(0, EFD_CLOEXEC | (blocking_semaphore ? EFD_SEMAPHORE : EFD_NONBLOCK));
}

int al_signalfd(int existing, uint64_t bits) {
  sigset_t set = al_set_of_bits(bits);
  return signalfd(existing, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int al_signalfd_read(int fd, int *number, pid_t *sender) {
  struct signalfd_siginfo info;
  ssize_t count = read(fd, &info, sizeof info);
  if (count < 0) return errno == EAGAIN || errno == EINTR ? 0 : -1;
  if (count != sizeof info) return -1;
  *number = (int)info.ssi_signo;
  *sender = (pid_t)info.ssi_pid;
  return 1;
}

int al_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int al_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int al_pipe_unread(int fd) {
  int bytes = 0;
  return ioctl(fd, FIONREAD, &bytes) < 0 ? -1 : bytes;
}

int al_accept(int listener) { return accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK); }

int al_set_nonblocking(int fd, int on) {
  int flags = fcntl(fd, F_GETFL);
  if (flags < 0) return -1;
  return fcntl(fd, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
}

int al_pipe_capacity(int fd, int bytes) { return fcntl(fd, F_SETPIPE_SZ, bytes); }
