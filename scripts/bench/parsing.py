"""Reading JSON: speed beside Python and Node, and the memory it takes."""

import json
import platform
import shutil
import subprocess
import time

from .board import MEGA

FORMS = [("document", ""), ("tree", ", as a tree")]

# What each kind of 100 MB text may take of its own size; None where it is only told.
MEMORY = [
    ("tools", "ordinary: a list of tools", 6),
    ("zeros", "worst: [0,0,0…]", None),
    ("empty", "worst: [[],[],[]…]", None),
]


def measure(board):
    speed(board)
    memory(board)


# Speed


def speed(board):
    path = board.generated("tools", 10)
    peers = [("Python", 4, python_parse(path, board.rounds(6)), platform.python_version())]
    if shutil.which("node"):
        peers.append(("Node", 1, *node_parse(path, board.rounds(12))))
    else:
        board.skip("parse 10 MB against Node", "there is no node in PATH")
    for form, suffix in FORMS:
        seconds = board.job("parse", form, path, board.rounds(12))["seconds"]
        rate = f"{path.stat().st_size / seconds / MEGA:.0f} MB/s"
        for name, limit, peer, version in peers:
            board.budget(f"parse 10 MB, times as fast as {name}{suffix}", peer / seconds, limit,
                         "×", least=True, note=f"{rate}; {name} {version}")


# Processor time is the same on a machine that has other work too. Where another program's threads help it
# the wall's time may be less, and then that counts.


def python_parse(path, rounds):
    text = path.read_text(encoding="utf-8")
    times = []
    for _ in range(rounds):
        start = time.process_time()
        json.loads(text)
        times.append(time.process_time() - start)
    return min(times)


def node_parse(path, rounds):
    script = """
      const text = require('fs').readFileSync(process.argv[1], 'utf8'); let best = Infinity;
      for (let i = 0; i < +process.argv[2]; i++) {
        const wall = process.hrtime.bigint(), start = process.cpuUsage();
        JSON.parse(text);
        const used = process.cpuUsage(start);
        best = Math.min(best, Number(process.hrtime.bigint() - wall) / 1e9,
          (used.user + used.system) / 1e6);
      }
      console.log(JSON.stringify([best, process.versions.node]))"""
    out = subprocess.run(["node", "-e", script, str(path), str(rounds)], check=True,
                         capture_output=True, text=True).stdout
    return tuple(json.loads(out))


# Memory


def memory(board):
    size = 10 if board.quick else 100
    for kind, name, limit in MEMORY:
        path = board.generated(kind, size)
        for form, suffix in FORMS:
            result = board.job("parse", form, path, 1)
            board.budget(f"parse {size} MB, memory of its size{suffix}",
                         result["peak"] / result["bytes"], limit, "×", note=name)
        path.unlink()
