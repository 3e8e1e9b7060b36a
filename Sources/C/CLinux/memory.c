#include "CLinux.h"

#include <malloc.h>

void al_memory_join_freed_blocks(void) { mallopt(M_MXFAST, 0); }
