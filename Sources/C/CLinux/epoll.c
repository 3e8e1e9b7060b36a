#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <sys/epoll.h>
#include <time.h>

enum { BATCH = 256 };

_Static_assert(AL_READ == EPOLLIN && AL_WRITE == EPOLLOUT && AL_ERROR == EPOLLERR, "epoll bits");
_Static_assert(AL_HANGUP == EPOLLHUP && AL_PEER_CLOSED == EPOLLRDHUP, "epoll bits");

int al_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int al_epoll_add(int epoll, int fd, uint32_t events, uint64_t token) {
  struct epoll_event event = {.events = events, .data.u64 = token};
  return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

int al_epoll_modify(int epoll, int fd, uint32_t events, uint64_t token) {
  struct epoll_event event = {.events = events, .data.u64 = token};
  return epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &event);
}

int al_epoll_remove(int epoll, int fd) {
  struct epoll_event event = {0};
  return epoll_ctl(epoll, EPOLL_CTL_DEL, fd, &event);
}

// epoll_pwait2 came with Linux 5.11: older kernels get whole milliseconds, rounded up so that no timer fires early.
static int wait_once(int epoll, struct epoll_event *found, int capacity, int64_t nanoseconds) {
  static _Thread_local int lacks_pwait2 = 0;
  if (nanoseconds <= 0) return epoll_wait(epoll, found, capacity, nanoseconds < 0 ? -1 : 0);
  if (!lacks_pwait2) {
    struct timespec limit = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    int count = epoll_pwait2(epoll, found, capacity, &limit, NULL);
    if (count >= 0 || errno != ENOSYS) return count;
    lacks_pwait2 = 1;
  }
  int64_t milliseconds = (nanoseconds + 999999) / 1000000;
  return epoll_wait(epoll, found, capacity, milliseconds > 1000000000 ? 1000000000 : (int)milliseconds);
}

int al_epoll_wait(int epoll, al_event *events, int capacity, int64_t nanoseconds) {
  struct epoll_event found[BATCH];
  int count = wait_once(epoll, found, capacity < BATCH ? capacity : BATCH, nanoseconds);
  for (int i = 0; i < count; i++) {
    events[i].events = found[i].events;
    events[i].token = found[i].data.u64;
  }
  return count;
}
