"""The window on an audit log: opened, filtered, followed as it grows; and the demo's first frame."""

import json
import os
import select
import statistics
import tempfile
import threading
import time

from .window import Screen, percentile

TOOLS = ["list_agents", "create_memory", "search", "submit_request", "send_mail"]
ACTORS = ["ann", "bo", "carol", "svc-ci"]
MANY = 100_000


def measure(board):
    with tempfile.TemporaryDirectory() as folder:
        opening(board, folder)
        filtering(board, folder)
        following(board, folder)
    demo(board)


def line(number):
    """An event as `alidade audit export` writes it."""
    denied = number % 10 == 0
    return json.dumps({
        "number": number, "at": 1_785_229_500_000_000 + number * 200_000,
        "kind": "mcp.tool.invoked", "principal": ACTORS[number % 4], "credential": "",
        "system": "alumia", "tool": TOOLS[number % 5], "arguments": {"q": f"needle {number % 997}"},
        "outcome": "denied" if denied else "ok", "microseconds": number % 9000,
        "request": str(number), "trace": "", "session": "", "client": "bench 1", "version": "",
        "detail": "the scope is missing" if denied else "", "previous": "", "hash": "",
    }) + "\n"


def log(folder, count):
    path = os.path.join(folder, f"{count}.ndjson")
    if not os.path.exists(path):
        with open(path, "w") as file:
            file.writelines(line(number) for number in range(1, count + 1))
    return path


def settled(screen, quiet=0.4, limit=20):
    """Seconds until the last byte before it rested for so long."""
    start = last = time.monotonic()
    while time.monotonic() - start < limit:
        if not select.select([screen.terminal], [], [], quiet)[0]:
            break
        os.read(screen.terminal, 1 << 16)
        last = time.monotonic()
    return last - start


def opened(board, path):
    """A window with that log open, and the seconds that opening it took."""
    screen = Screen(board.program, columns=120, lines=40)
    screen.until(b"keys")
    screen.read(0.2)
    screen.type(f":audit open {path}")
    screen.read(0.2)
    screen.type("\r")
    return screen, settled(screen)


def opening(board, folder):
    for count, limit in [(MANY, 0.2), (10 * MANY, 1)]:
        best = None
        for _ in range(board.rounds(3)):
            screen, seconds = opened(board, log(folder, count))
            memory = screen.memory()
            screen.close()
            best = seconds if best is None else min(best, seconds)
        board.budget(f"window, {count:,} audit lines open", best, limit, "s",
                     note=f"{memory:.0f} MB then")


def filtering(board, folder):
    screen, _ = opened(board, log(folder, MANY))
    took = [screen.first(key)[0] for key in "/~t search !needle"]
    board.budget("a key of a filter over 100,000 audit lines, worst", max(took), 50, "ms",
                 note=f"p50 {percentile(took, 0.5):.1f}")
    screen.close()


class Writer(threading.Thread):
    """Writes lines to a log, so many a second, until it is stopped."""

    def __init__(self, path, rate):
        super().__init__()
        self.path, self.rate, self.stopped = path, rate, threading.Event()

    def run(self):
        with open(self.path, "a") as file:
            number, start = 0, time.monotonic()
            while not self.stopped.wait(0.01):
                due = int((time.monotonic() - start) * self.rate)
                file.writelines(line(each) for each in range(number + 1, due + 1))
                file.flush()
                number = due


def following(board, folder):
    path = log(folder, 10)
    screen, _ = opened(board, path)
    writer = Writer(path, 5000)
    writer.start()
    took = []
    for number in range(board.rounds(60)):
        seen = time.monotonic() + 0.05
        while time.monotonic() < seen:
            screen.read(0, first=0.005)
        start = time.monotonic()
        screen.type("F")
        screen.until(b"FOLLOW" if number % 2 else b"PAUSED", limit=2)
        took.append((time.monotonic() - start) * 1000)
    writer.stopped.set()
    writer.join()
    board.budget("key while 5,000 audit events a second arrive, p95", percentile(took, 0.95), 16,
                 "ms", note=f"p50 {percentile(took, 0.5):.1f}")
    screen.close()


def demo(board):
    usable, whole = [], []
    for _ in range(board.rounds(10)):
        start = time.monotonic()
        screen = Screen(board.program, "demo", columns=120, lines=40)
        screen.until(b"allv")
        usable.append((time.monotonic() - start) * 1000)
        whole.append(usable[-1] + settled(screen, 0.3) * 1000)
        screen.close()
    board.budget("demo, first usable frame with five systems up", statistics.median(usable), 100,
                 "ms", note=f"all connected after {statistics.median(whole):.0f}")
