#ifndef AL_SIGNAL_BITS_H
#define AL_SIGNAL_BITS_H

#include <signal.h>
#include <stdint.h>

static inline sigset_t al_set_of_bits(uint64_t bits) {
  sigset_t set;
  sigemptyset(&set);
  for (int number = 1; number <= 64; number++)
    if (bits >> (number - 1) & 1) sigaddset(&set, number);
  return set;
}

#endif
