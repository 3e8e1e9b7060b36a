#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

// Between vfork and exec the child borrows this process's memory, so it makes system calls and no more. What fails goes
// through a pipe and not through that memory: under sanitizers and valgrind vfork is a fork.

static void fail(int report, int step) {
  al_spawn_failure failure = {step, errno};
  ssize_t ignored = write(report, &failure, sizeof failure);
  (void)ignored;
  _exit(127);
}

static void reset_signals(void) {
  sigset_t none;
  struct sigaction standard = {.sa_handler = SIG_DFL};
  for (int number = 1; number <= 64; number++) sigaction(number, &standard, NULL);
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

static void arrange_descriptors(const al_spawn_request *request, int report) {
  int wanted[3] = {request->input, request->output, request->error};
  for (int i = 0; i < 3; i++) {
    if (wanted[i] > 2) continue;
    wanted[i] = fcntl(wanted[i], F_DUPFD_CLOEXEC, 3);
    if (wanted[i] < 0) fail(report, AL_STEP_DESCRIPTORS);
  }
  for (int i = 0; i < 3; i++)
    if (dup2(wanted[i], i) < 0) fail(report, AL_STEP_DESCRIPTORS);
  // Exec closes the report, and with it says that it came to pass.
  if (report > 3) close_range(3, report - 1, 0);
  close_range(report + 1, ~0u, 0);
}

static void become_program(const al_spawn_request *request, int report, pid_t parent) {
  if (request->own_session && setsid() < 0) fail(report, AL_STEP_SESSION);
  if (request->signal_at_parent_death) {
    prctl(PR_SET_PDEATHSIG, request->signal_at_parent_death);
    if (getppid() != parent) _exit(127);
  }
  arrange_descriptors(request, report);
  if (request->directory && chdir(request->directory) < 0) fail(report, AL_STEP_DIRECTORY);
  reset_signals();
  execve(request->path, request->arguments, request->environment);
  fail(report, AL_STEP_EXEC);
}

static int open_report(int report[2]) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) < 0) return -1;
  // Past the three that the child puts its own in place of.
  report[1] = fcntl(ends[1], F_DUPFD_CLOEXEC, 3);
  int code = errno;
  close(ends[1]);
  if (report[1] < 0) {
    close(ends[0]);
    errno = code;
    return -1;
  }
  report[0] = ends[0];
  return 0;
}

static al_spawn_failure read_report(int report[2]) {
  al_spawn_failure failure = {0, 0};
  ssize_t count;
  close(report[1]);
  do count = read(report[0], &failure, sizeof failure);
  while (count < 0 && errno == EINTR);
  close(report[0]);
  return count == sizeof failure ? failure : (al_spawn_failure){0, 0};
}

static pid_t start(const al_spawn_request *request, int report) {
  sigset_t all, before;
  pid_t parent = getpid();
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
  pid_t child = vfork();
  if (child == 0) become_program(request, report, parent);
  int code = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = code;
  return child;
}

pid_t al_spawn(const al_spawn_request *request, al_spawn_failure *failure) {
  int report[2];
  if (open_report(report) < 0) {
    *failure = (al_spawn_failure){AL_STEP_DESCRIPTORS, errno};
    return -1;
  }
  pid_t child = start(request, report[1]);
  int code = errno;
  *failure = read_report(report);
  if (child < 0) *failure = (al_spawn_failure){AL_STEP_FORK, code};
  return child;
}
