#ifndef AL_CLINUX_H
#define AL_CLINUX_H

// What Glibc's Swift module leaves out of Linux: thin wrappers, each answering like the call it wraps
// (-1 and errno) unless its line says otherwise.

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define AL_NONNULL_BEGIN _Pragma("clang assume_nonnull begin")
#define AL_NONNULL_END _Pragma("clang assume_nonnull end")

AL_NONNULL_BEGIN

// MARK: - epoll

enum {
  AL_READ = 0x001,
  AL_WRITE = 0x004,
  AL_ERROR = 0x008,
  AL_HANGUP = 0x010,
  AL_PEER_CLOSED = 0x2000,
};

typedef struct {
  uint32_t events;
  uint64_t token;
} al_event;

int al_epoll_create(void);
int al_epoll_add(int epoll, int fd, uint32_t events, uint64_t token);
int al_epoll_modify(int epoll, int fd, uint32_t events, uint64_t token);
int al_epoll_remove(int epoll, int fd);
/// Waits for at most `nanoseconds` (negative: for ever); fills at most `capacity` events, never more than 256.
int al_epoll_wait(int epoll, al_event *events, int capacity, int64_t nanoseconds);

// MARK: - Descriptors that tell of other things

int al_eventfd(int blocking_semaphore);
/// `bits` has bit n-1 set for signal n.
int al_signalfd(int existing, uint64_t bits);
/// Reads one pending signal: 1 and its number and sender, 0 when none is pending, -1 on error.
int al_signalfd_read(int fd, int *number, pid_t *sender);
int al_pidfd_open(pid_t pid);
int al_pipe(int ends[_Nonnull 2]);
/// Bytes in a pipe that its reader has not taken yet, asked at either end; -1 on error.
int al_pipe_unread(int fd);
int al_accept(int listener);

// MARK: - Threads and their signals

int al_signals_block(uint64_t bits);
int al_signals_unblock(uint64_t bits);
uint64_t al_signals_blocked(void);
void al_signal_ignore(int number);
void al_signal_default(int number);
/// Starts a detached thread that blocks all signals but those a fault of its own raises; answers 0 or the error.
int al_thread_start(size_t stack_bytes, void (*body)(void *), void *argument);
pid_t al_thread_id(void);
int al_is_main_thread(void);
/// Sends a signal to one thread of this process.
int al_thread_signal(pid_t thread, int number);

// MARK: - Jobs of Swift's runtime

/// Takes a job that has no actor of its own: 1, or 0 to leave it to the thread pool. Called on whatever thread makes it.
typedef int (*al_job_taker)(void *job);
/// Offers every such job of the process from now on; NULL ends that.
void al_offer_jobs(al_job_taker _Nullable take);
/// Runs a job that was taken, as the pool would.
void al_run_job(void *job);

// MARK: - Child processes

enum { AL_STEP_FORK = 1, AL_STEP_SESSION, AL_STEP_DESCRIPTORS, AL_STEP_DIRECTORY, AL_STEP_EXEC };

typedef struct {
  const char *path;
  char *_Nullable const *_Nonnull arguments;
  char *_Nullable const *_Nonnull environment;
  const char *_Nullable directory;
  int input, output, error;
  int own_session;
  int signal_at_parent_death;
} al_spawn_request;

/// The step that failed and its errno; step 0 when none did.
typedef struct {
  int step;
  int code;
} al_spawn_failure;

/// Starts a program with all signals reset and no other descriptors. A child whose step failed is there to be reaped.
pid_t al_spawn(const al_spawn_request *request, al_spawn_failure *failure);
int al_pidfd_signal(int pidfd, int number);
/// Whether the child has ended, without reaping it: 1 and its code (CLD_EXITED or not) and status, 0 if not,
/// -1 where it is no child, or none any more.
int al_child_ended(pid_t pid, int *exited, int *status);
/// Reaps a child that has ended; 0 where it has not.
pid_t al_child_reap(pid_t pid);
int al_pipe_capacity(int fd, int bytes);

/// Forks a process that ends what this one leaves behind: every session told to it, and every process with a line in
/// its environment that begins with `mark`. Answers the descriptor to tell it by, whose end starts it, or -1.
int al_guard_start(const char *mark, pid_t *guard);
/// A leader that came, or with a minus one that is gone.
int al_guard_tell(int records, int32_t record);

// MARK: - This process

int al_set_child_subreaper(int on);
/// The words that the program was started with, its own name among them.
int al_word_count(void);
const char *al_word(int index);
void al_set_thread_name(const char *name);
int64_t al_monotonic_now(void);
int64_t al_wall_now(void);
int al_set_nonblocking(int fd, int on);
/// Freed blocks of every size join their free neighbours at once, not in batches later.
void al_memory_join_freed_blocks(void);

AL_NONNULL_END

#endif
