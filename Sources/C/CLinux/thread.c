#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

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
