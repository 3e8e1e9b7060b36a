#include "CRelease.h"

#ifndef ALIDADE_VERSION
#define ALIDADE_VERSION "0.1.0"
#endif

const char *crelease_version(void) { return ALIDADE_VERSION; }
