#ifndef ACN_PRIVATE_H
#define ACN_PRIVATE_H

// SwiftPM hands no -D to importers and drops pkg-config's: the wide character interface is chosen here.
#define _GNU_SOURCE
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1

#include <curses.h>
#include <term.h>

#endif
