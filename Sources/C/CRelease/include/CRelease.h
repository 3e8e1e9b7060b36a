#ifndef CRELEASE_H
#define CRELEASE_H

/// The version that the build was given; without one the number that the source stands for.
const char *_Nonnull crelease_version(void);

#endif
