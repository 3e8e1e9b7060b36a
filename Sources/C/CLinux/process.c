#define _GNU_SOURCE
#include "CLinux.h"

#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "signal_bits.h"

int al_signals_block(uint64_t bits) {
  sigset_t set = al_set_of_bits(bits);
  return pthread_sigmask(SIG_BLOCK, &set, NULL);
}

int al_signals_unblock(uint64_t bits) {
  sigset_t set = al_set_of_bits(bits);
  return pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

uint64_t al_signals_blocked(void) {
  sigset_t set;
  uint64_t bits = 0;
  if (pthread_sigmask(SIG_BLOCK, NULL, &set) != 0) return 0;
  for (int number = 1; number <= 64; number++)
    if (sigismember(&set, number) == 1) bits |= UINT64_C(1) << (number - 1);
  return bits;
}

void al_signal_ignore(int number) { signal(number, SIG_IGN); }

void al_signal_default(int number) { signal(number, SIG_DFL); }

pid_t al_thread_id(void) { return (pid_t)syscall(SYS_gettid); }

int al_is_main_thread(void) { return al_thread_id() == getpid(); }

int al_thread_signal(pid_t thread, int number) {
  return (int)syscall(SYS_tgkill, getpid(), thread, number);
}

int al_set_child_subreaper(int on) { return prctl(PR_SET_CHILD_SUBREAPER, on, 0, 0, 0); }

void al_set_thread_name(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

static int64_t nanoseconds_of(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t al_monotonic_now(void) { return nanoseconds_of(CLOCK_MONOTONIC); }

int64_t al_wall_now(void) { return nanoseconds_of(CLOCK_REALTIME); }

int al_pidfd_signal(int pidfd, int number) {
  return (int)syscall(SYS_pidfd_send_signal, pidfd, number, NULL, 0);
}

int al_child_ended(pid_t pid, int *exited, int *status) {
  siginfo_t info = {0};
  if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) < 0) return -1;
  if (info.si_pid == 0) return 0;
  *exited = info.si_code == CLD_EXITED;
  *status = info.si_status;
  return 1;
}

pid_t al_child_reap(pid_t pid) { return waitpid(pid, NULL, WNOHANG); }

static int word_count;
static char **word_list;

__attribute__((constructor)) static void keep_words(int count, char **list) {
  word_count = count;
  word_list = list;
}

int al_word_count(void) { return word_count; }
const char *al_word(int index) { return word_list[index]; }
