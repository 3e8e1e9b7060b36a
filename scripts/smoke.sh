#!/bin/sh
# What an installed program must be able to do: the package is installed in a fresh Debian, alone with what it asks for,
# and used. ROOT is that Debian's folder, made if it is not there and kept; without it one is made and removed again,
# and / is this machine itself. Usage: smoke.sh PACKAGE.deb [ROOT]
set -eu
package=$1
root=${2:-}
leave() {
  trap - EXIT
  if [ -n "$mounted" ]; then umount "$root/dev/pts" "$root/proc"; fi
  if [ -n "$made" ]; then rm -rf "$made"; fi
}
mounted="" made=""
trap leave EXIT
trap 'exit 130' INT TERM

if [ -z "$root" ]; then
  made=$(mktemp -d)
  chmod 755 "$made"
  root=$made
fi
if [ "$root" = / ]; then
  root=""
elif ! [ -x "$root/bin/sh" ]; then
  for command in debootstrap chroot; do
    command -v $command >/dev/null || { echo "smoke: there is no $command; install it, or name a ROOT" >&2; exit 1; }
  done
  [ "$(id -u)" = 0 ] || { echo "smoke: only root can make a fresh Debian" >&2; exit 1; }
  echo "smoke: making a fresh Debian 12 in $root"
  log=$(mktemp)
  debootstrap --variant=minbase bookworm "$root" >"$log" 2>&1 || { tail -n 20 "$log" >&2; exit 1; }
  rm "$log"
fi
# A root of its own lacks what every machine has.
if [ -n "$root" ] && ! [ -e "$root/proc/self" ]; then
  mount -t proc proc "$root/proc"
  mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
  ln -sf pts/ptmx "$root/dev/ptmx"
  mounted=yes
fi
inside() { if [ -n "$root" ]; then chroot "$root" "$@"; else "$@"; fi; }

cp "$package" "$root/tmp/alidade.deb"
log=$(mktemp)
inside env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends /tmp/alidade.deb \
  >"$log" 2>&1 || { tail -n 20 "$log" >&2; exit 1; }
rm "$root/tmp/alidade.deb" "$log"

inside sh -eu <<'COMMANDS'
home=$(mktemp -d)
export HOME="$home"
cd "$home"
said() { echo "smoke: $*"; }
alidade version
alidade help >/dev/null
test -s /usr/share/man/man1/alidade.1.gz
test -s /usr/share/bash-completion/completions/alidade
ls /usr/share/alidade/themes | grep -q .
said "version, help, man page, completions and themes are there"
TERM=linux script -qec "alidade demo --run ':quit'" /dev/null </dev/null | grep -q alloy-projects
said "the window opens on the demo, and closes"
alidade call demo:alumia alumia_get_balance >/dev/null
alidade doctor demo:allv >/dev/null
said "the demo calls, and the doctor finds nothing"
alidade list tools 'alidade serve conformance --stdio' >/dev/null
alidade call 'alidade serve conformance --stdio' test_simple_text | grep -q 'simple text'
said "a server as a child lists and calls"
key=$(alidade keys create --system alumia --name smoke --yes --data "$home/data" 2>/dev/null)
alidade serve alumia --listen 127.0.0.1:8931 --data "$home/data" >"$home/served" &
server=$!
trap 'kill $server' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10; do
  grep -qs listening "$home/served" && break
  sleep 0.3
done
alidade list tools http://127.0.0.1:8931/mcp -H "Authorization: Bearer $key" >/dev/null
said "a system over HTTP lets in who has a key"
alidade audit verify --data "$home/data"
kill $server
wait $server || true
trap - EXIT
rm -rf "$home"
COMMANDS
echo "smoke: all of it works"
