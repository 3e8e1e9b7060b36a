#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef struct {
  void (*body)(void *);
  void *argument;
} al_thread_work;

static void *run(void *given) {
  al_thread_work work = *(al_thread_work *)given;
  free(given);
  work.body(work.argument);
  return NULL;
}

// A thread inherits the signals its maker blocks.
static int start_with_signals_blocked(const pthread_attr_t *attributes, al_thread_work *work) {
  sigset_t asynchronous, before;
  const int faults[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
  sigfillset(&asynchronous);
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) sigdelset(&asynchronous, faults[i]);
  pthread_sigmask(SIG_SETMASK, &asynchronous, &before);
  pthread_t thread;
  int code = pthread_create(&thread, attributes, run, work);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return code;
}

int al_thread_start(size_t stack_bytes, void (*body)(void *), void *argument) {
  al_thread_work *work = malloc(sizeof *work);
  if (!work) return ENOMEM;
  *work = (al_thread_work){body, argument};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack_bytes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  int code = start_with_signals_blocked(&attributes, work);
  pthread_attr_destroy(&attributes);
  if (code != 0) free(work);
  return code;
}

void al_ask_for_short_turns(void) {
  // Whoever started us with another policy, or ahead of others, wanted that for all that we start too.
  const int nice = getpriority(PRIO_PROCESS, 0);
  if (sched_getscheduler(0) != SCHED_OTHER || nice < 0) return;
  const uint64_t this_thread_alone = 1;
  // The kernel's struct sched_attr, which the C library does not know.
  struct {
    uint32_t size, policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t nanoseconds, deadline, period;
  } wish = {.size = 48, .flags = this_thread_alone, .nice = nice, .nanoseconds = 100 * 1000};
  syscall(SYS_sched_setattr, 0, &wish, 0);
}
