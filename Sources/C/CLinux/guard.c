#define _GNU_SOURCE
#include "CLinux.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// What the guard runs is a copy of one thread of a program that has many: it makes system calls and takes no memory.

enum { LEADERS = 256, LOOKS = 100, MILLISECONDS_BETWEEN = 20 };

struct entry {
  uint64_t inode;
  int64_t offset;
  unsigned short size;
  unsigned char kind;
  char name[];
};

static pid_t leaders[LEADERS];
static char names[32768];
static char environment[131072];

static void note(int32_t record) {
  pid_t wanted = record > 0 ? 0 : -record;
  for (int i = 0; i < LEADERS; i++)
    if (leaders[i] == wanted) {
      leaders[i] = record > 0 ? record : 0;
      return;
    }
}

// Whether a line of that process's environment begins with the mark.
static int is_marked(pid_t pid, const char *mark) {
  char path[40];
  snprintf(path, sizeof path, "/proc/%d/environ", pid);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t size = read(file, environment, sizeof environment - 1);
  close(file);
  if (size <= 0) return 0;
  environment[size] = 0;
  for (char *line = environment; line < environment + size; line += strlen(line) + 1)
    if (!strncmp(line, mark, strlen(mark))) return 1;
  return 0;
}

// Signals every process that is marked and answers how many there were.
static int signal_marked(const char *mark, int number) {
  int found = 0;
  int folder = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return 0;
  long size;
  while ((size = syscall(SYS_getdents64, folder, names, sizeof names)) > 0)
    for (long at = 0; at < size; at += ((struct entry *)(names + at))->size) {
      pid_t pid = atoi(((struct entry *)(names + at))->name);
      if (pid <= 1 || pid == getpid() || !is_marked(pid, mark)) continue;
      kill(pid, number);
      found++;
    }
  close(folder);
  return found;
}

// Signals what is left of the sessions and whatever has left them; answers whether there was anything.
static int signal_all(const char *mark, int number) {
  int found = signal_marked(mark, number);
  for (int i = 0; i < LEADERS; i++)
    if (leaders[i] && kill(-leaders[i], number) == 0) found++;
  return found;
}

static void stand_guard(int records, const char *mark) {
  int32_t record;
  int left = 0;
  setsid();
  prctl(PR_SET_NAME, "alidade-guard");
  if (dup2(records, 0) < 0 || chdir("/") < 0) _exit(1);
  closefrom(1);
  for (;;) {
    ssize_t size = read(0, &record, sizeof record);
    if (size == sizeof record) note(record);
    else if (size >= 0 || errno != EINTR) break;
  }
  for (int i = 0; i < LEADERS; i++) left += leaders[i] != 0;
  if (!left) _exit(0);
  signal_all(mark, SIGTERM);
  for (int look = 0; look < LOOKS && signal_all(mark, 0); look++) poll(NULL, 0, MILLISECONDS_BETWEEN);
  signal_all(mark, SIGKILL);
  _exit(0);
}

int al_guard_start(const char *mark, pid_t *guard) {
  int ends[2];
  if (al_pipe(ends) < 0) return -1;
  *guard = _Fork();
  if (*guard == 0) stand_guard(ends[0], mark);
  close(ends[0]);
  if (*guard > 0) return ends[1];
  close(ends[1]);
  return -1;
}

int al_guard_tell(int records, int32_t record) {
  return write(records, &record, sizeof record) == sizeof record ? 0 : -1;
}
