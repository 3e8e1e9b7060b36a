#!/bin/sh
# Prints the version of this tree: its tag vX.Y.Z, with what came since (0.2.0+3.gabcdef1). Prints nothing where no
# tag is known: then the program keeps the number of its source.
set -eu
tag=$(git describe --tags --match 'v[0-9]*' 2>/dev/null) || exit 0
tag=${tag#v}
case $tag in
  *-*-g*)
    commit=${tag##*-}
    rest=${tag%-*}
    echo "${rest%-*}+${rest##*-}.$commit"
    ;;
  *) echo "$tag" ;;
esac
