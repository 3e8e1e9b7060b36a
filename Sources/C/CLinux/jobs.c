#include "CLinux.h"

// Swift's concurrency runtime: jobs without an actor of their own pass this hook on their way to the thread pool.
#define SWIFT __attribute__((swiftcall))

typedef SWIFT void (*original_function)(void *job);
typedef SWIFT void (*hook_function)(void *job, original_function original);

extern hook_function swift_task_enqueueGlobal_hook;
extern SWIFT void swift_job_run(void *job, void *executor_identity, uintptr_t executor_kind);

// Threads that make jobs are under way when a loop beside them starts.
static _Atomic(al_job_taker) taker;

static SWIFT void offer(void *job, original_function original) {
  al_job_taker take = taker;
  if (!take || !take(job)) original(job);
}

void al_offer_jobs(al_job_taker take) {
  taker = take;
  __atomic_store_n(&swift_task_enqueueGlobal_hook, take ? offer : NULL, __ATOMIC_RELEASE);
}

void al_run_job(void *job) { swift_job_run(job, NULL, 0); }
