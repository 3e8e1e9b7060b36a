#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

// Between vfork and exec the child borrows this process's memory: it makes system calls and sets `failure`, no more.

static void fail(al_spawn_failure *failure, int step) {
  failure->step = step;
  failure->code = errno;
  _exit(127);
}

static void reset_signals(void) {
  sigset_t none;
  struct sigaction standard = {.sa_handler = SIG_DFL};
  for (int number = 1; number <= 64; number++) sigaction(number, &standard, NULL);
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

static void arrange_descriptors(const al_spawn_request *request, al_spawn_failure *failure) {
  int wanted[3] = {request->input, request->output, request->error};
  for (int i = 0; i < 3; i++) {
    if (wanted[i] > 2) continue;
    wanted[i] = fcntl(wanted[i], F_DUPFD_CLOEXEC, 3);
    if (wanted[i] < 0) fail(failure, AL_STEP_DESCRIPTORS);
  }
  for (int i = 0; i < 3; i++)
    if (dup2(wanted[i], i) < 0) fail(failure, AL_STEP_DESCRIPTORS);
  closefrom(3);
}

static void become_program(const al_spawn_request *request, al_spawn_failure *failure, pid_t parent) {
  if (request->own_session && setsid() < 0) fail(failure, AL_STEP_SESSION);
  if (request->signal_at_parent_death) {
    prctl(PR_SET_PDEATHSIG, request->signal_at_parent_death);
    if (getppid() != parent) _exit(127);
  }
  arrange_descriptors(request, failure);
  if (request->directory && chdir(request->directory) < 0) fail(failure, AL_STEP_DIRECTORY);
  reset_signals();
  execve(request->path, request->arguments, request->environment);
  fail(failure, AL_STEP_EXEC);
}

pid_t al_spawn(const al_spawn_request *request, al_spawn_failure *failure) {
  sigset_t all, before;
  volatile al_spawn_failure outcome = {0, 0};
  pid_t parent = getpid();
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
  pid_t child = vfork();
  if (child == 0) become_program(request, (al_spawn_failure *)&outcome, parent);
  if (child < 0) {
    outcome.step = AL_STEP_FORK;
    outcome.code = errno;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  *failure = (al_spawn_failure){outcome.step, outcome.code};
  return child;
}
