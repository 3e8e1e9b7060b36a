// PCRE2 with 8-bit code units. Swift sees the suffixed names (`pcre2_compile_8`).
#ifndef ALIDADE_CPCRE_H
#define ALIDADE_CPCRE_H
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#endif
