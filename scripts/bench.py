"""Measures the budgets of docs/PERFORMANCE.md in one run, as ratios of what the same machine does otherwise.

Usage: bench.py PROGRAM BENCH_PROGRAM. Writes a table, and the same as JSON beside the generated inputs.
A budget that is missed makes the exit code 1; what cannot be measured here is named and skipped.
"""

import fcntl
import json
import os
import pathlib
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import termios
import time

PROGRAM, BENCH = sys.argv[1], sys.argv[2]
FOLDER = pathlib.Path(".build/bench")
MEGA = 1_000_000

rows = []
skipped = []


def budget(name, value, limit, unit="", least=False, note=""):
    """A measured value beside its limit: at most, or at least where `least`."""
    kept = value >= limit if least else value <= limit
    rows.append({"name": name, "value": round(value, 3), "limit": limit, "unit": unit,
                 "least": least, "kept": kept, "note": note})


def skip(name, why):
    skipped.append({"name": name, "why": why})


def generated(megabytes):
    """A tools list of that size, made once; it is never committed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"tools-{megabytes}.json"
    if not path.exists():
        subprocess.run([BENCH, "make", "tools", str(megabytes * MEGA), str(path)], check=True)
    return path


# Parsing


def own_parse(form, path, rounds):
    out = subprocess.run([BENCH, "parse", form, str(path), str(rounds)], check=True,
                         capture_output=True, text=True).stdout
    return json.loads(out)


def python_parse(path, rounds):
    text = path.read_text(encoding="utf-8")
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        json.loads(text)
        times.append(time.perf_counter() - start)
    return min(times)


def node_parse(path, rounds):
    script = """
      const text = require('fs').readFileSync(process.argv[1], 'utf8'); let best = Infinity;
      for (let i = 0; i < +process.argv[2]; i++) {
        const start = process.hrtime.bigint(); JSON.parse(text);
        best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e9);
      }
      console.log(best)"""
    out = subprocess.run(["node", "-e", script, str(path), str(rounds)], check=True,
                         capture_output=True, text=True).stdout
    return float(out)


def parsing():
    path = generated(10)
    document, tree = (own_parse(form, path, 7)["seconds"] for form in ("document", "tree"))
    rate = f"{path.stat().st_size / document / MEGA:.0f} MB/s"
    python = python_parse(path, 5)
    budget("parse 10 MB, times as fast as Python", python / document, 4, "×", True, rate)
    budget("  the same into a tree", python / tree, 2, "×", True)
    if shutil.which("node"):
        node = node_parse(path, 9)
        budget("parse 10 MB, times as fast as Node", node / document, 1, "×", True)
        budget("  the same into a tree", node / tree, 1, "×", True)
    else:
        skip("parse 10 MB against Node", "there is no node in PATH")
    big = generated(100)
    for form, name in (("document", "parse 100 MB, memory of its size"), ("tree", "  as a tree")):
        result = own_parse(form, big, 1)
        budget(name, result["peak"] / result["bytes"], 6, "×")


# Starting


def wall(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def starting():
    true = shutil.which("true")
    pairs = [(wall([true]), wall([PROGRAM, "version"])) for _ in range(60)]
    base, own = (statistics.median(times) * 1000 for times in zip(*pairs))
    budget("`alidade version`", own, round(3 * base + 10, 1), "ms",
           note=f"/bin/true takes {base:.1f} ms")


# The window


class Window:
    """The program on a terminal of its own."""

    def __init__(self, columns=80, lines=24):
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ["TERM"] = "xterm-256color"
            os.execv(PROGRAM, [PROGRAM])
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, size)

    def read(self, quiet):
        """All that is written until nothing comes for so many seconds."""
        data = b""
        while select.select([self.terminal], [], [], quiet)[0]:
            try:
                block = os.read(self.terminal, 65536)
            except OSError:
                break
            if not block:
                break
            data += block
        return data

    def wakeups(self):
        total = 0
        for task in pathlib.Path(f"/proc/{self.process}/task").iterdir():
            for line in (task / "status").read_text().splitlines():
                if line.startswith("voluntary_ctxt_switches"):
                    total += int(line.split()[1])
        return total

    def close(self):
        os.kill(self.process, signal.SIGTERM)
        self.read(0.2)
        os.waitpid(self.process, 0)
        os.close(self.terminal)


def window():
    screen = Window()
    if b"\x1b[" not in screen.read(1.5):
        skip("idle window", "the program draws no window")
        os.close(screen.terminal)
        os.waitpid(screen.process, 0)
        return
    before = screen.wakeups()
    time.sleep(5)
    budget("idle window, wake-ups in 5 s", screen.wakeups() - before, 0)
    screen.close()


# Report


def report():
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        sign = "≥" if row["least"] else "≤"
        verdict = "kept" if row["kept"] else "MISSED"
        print(f"  {row['name']:<{width}}  {row['value']:>9} {row['unit']:<2}  "
              f"{sign} {row['limit']:<6}  {verdict:<6}  {row['note']}".rstrip())
    for row in skipped:
        print(f"  skipped: {row['name']}: {row['why']}")
    path = FOLDER / "results.json"
    path.write_text(json.dumps({"budgets": rows, "skipped": skipped}, indent=2) + "\n")
    print(f"bench: the same as JSON is in {path}")


parsing()
starting()
window()
report()
sys.exit(0 if all(row["kept"] for row in rows) else 1)
