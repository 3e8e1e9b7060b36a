#!/bin/sh
# Makes a folder with the C++ library in its static form alone, so that a linker which looks there first takes that one.
# Where there is none the program is linked with the shared one. Usage: static.sh FOLDER
set -eu
folder=$1
clang=$(dirname "$(readlink -f "$(command -v swiftc)")")/clang
mkdir -p "$folder"
file=$("$clang" -print-file-name=libstdc++.a)
if [ -e "$file" ]; then ln -sf "$file" "$folder/libstdc++.a"; fi
