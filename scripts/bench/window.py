"""The window: what it does while nothing happens, and what a change costs."""

import fcntl
import os
import pathlib
import pty
import select
import random
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time

CHATTER = pathlib.Path(__file__).with_name("chatter.py")


def measure(board):
    idle(board)
    redraw(board)
    starting(board)
    moving(board)
    filtering(board)
    filling(board)
    flooded(board)


class Screen:
    """A program on a terminal of its own."""

    def __init__(self, *command, columns=80, lines=24):
        self.home = tempfile.TemporaryDirectory()
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", HOME=self.home.name)
            os.execv(command[0], command)
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, size)

    def read(self, quiet, first=1):
        """All that is written until nothing comes for so many seconds; the first bytes may take longer."""
        data = b""
        while select.select([self.terminal], [], [], quiet if data else max(first, quiet))[0]:
            try:
                block = os.read(self.terminal, 65536)
            except OSError:
                break
            if not block:
                break
            data += block
        return data

    def until(self, *wanted, limit=20):
        """Reads until all of these were seen since now; the seconds until then, or None, and what was read."""
        start, data = time.monotonic(), b""
        while time.monotonic() - start < limit:
            if select.select([self.terminal], [], [], 0.5)[0]:
                data += os.read(self.terminal, 65536)
                if all(text in data for text in wanted):
                    return time.monotonic() - start, data
        return None, data

    def first(self, text):
        """Milliseconds from a key to the first byte that answers it, and the bytes until it rests."""
        start = time.monotonic()
        self.type(text)
        select.select([self.terminal], [], [], 2)
        took = time.monotonic() - start
        return took * 1000, len(self.read(0.02))

    def memory(self):
        """Megabytes that it holds now, without those of servers."""
        for line in pathlib.Path(f"/proc/{self.process}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0

    def type(self, text):
        os.write(self.terminal, text.encode())

    def wakeups(self):
        """How often its threads have gone to sleep, which is once more than they were woken."""
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
        self.home.cleanup()


def idle(board):
    seconds = 2 if board.quick else 5
    screen = Screen(board.program)
    drawn = screen.read(1.5)
    if b"\x1b[" in drawn:
        before = screen.wakeups()
        time.sleep(seconds)
        board.budget("idle window, wake-ups", screen.wakeups() - before, 0, note=f"in {seconds} s")
    else:
        board.skip("idle window", "the program draws no window")
    screen.close()


def redraw(board):
    screen = Screen(board.jobs, "redraw")
    whole = screen.read(1)
    costs = []
    for _ in range(board.rounds(30)):
        screen.type("x")
        costs.append(len(screen.read(0.02)))
    screen.close()
    if min(costs) == 0:
        board.skip("one changed cell", "the program drew nothing")
        return
    board.budget("one changed cell, bytes written", max(costs), 63,
                 note=f"the whole screen takes {len(whole)}")


def chatter(board, rate, tools, limit=10 ** 9, **size):
    """A window connected to a server that tells so much, its tools listed."""
    screen = Screen(board.program, "--", sys.executable, str(CHATTER), str(rate), str(tools),
                    str(limit), **size)
    screen.until(b"tool_1")
    screen.read(0.5, first=0.5) if rate == 0 else time.sleep(0.5)
    return screen


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def starting(board):
    first, usable = [], []
    for _ in range(board.rounds(20)):
        start = time.monotonic()
        screen = Screen(board.program)
        select.select([screen.terminal], [], [], 5)
        first.append((time.monotonic() - start) * 1000)
        screen.until(b"keys")
        usable.append((time.monotonic() - start) * 1000)
        memory = screen.memory()
        screen.close()
    board.budget("window, first byte", statistics.median(first), 10, "ms",
                 note=f"best {min(first):.1f}")
    board.budget("window, usable frame", statistics.median(usable), 30, "ms",
                 note=f"best {min(usable):.1f}")
    board.budget("window, memory when empty", memory, 25, "MB")


def moving(board):
    screen = chatter(board, 0, 1000, columns=200, lines=60)
    took, costs = [], []
    for _ in range(board.rounds(60)):
        milliseconds, size = screen.first("j")
        took.append(milliseconds)
        costs.append(size)
    board.budget("key to first byte at 200x60, p50", percentile(took, 0.5), 2, "ms")
    board.budget("key to first byte at 200x60, p95", percentile(took, 0.95), 8, "ms")
    screen.close()
    screen = chatter(board, 0, 1000)
    moves = [screen.first("j")[1] for _ in range(12)]
    board.budget("selection move at 80x24", percentile(moves, 0.5), 350, "B")
    screen.type("j" * 100)
    board.budget("burst of 100 keys at 80x24", len(screen.read(0.1)), 5000, "B")
    screen.close()


def filtering(board):
    screen = chatter(board, 0, 10_000)
    took = [screen.first(key)[0] for key in "/tool_99"]
    scrolls = [screen.first(key)[0] for key in ["\r", "G", "g", "\x06", "\x06", "G"]]
    board.budget("a key of a filter over 10,000 tools, worst", max(took), 50, "ms")
    board.budget("a key of scrolling 10,000 tools, worst", max(scrolls), 50, "ms")
    screen.close()


def filling(board):
    screen = chatter(board, 5000, 3, limit=10_000)
    time.sleep(4)
    screen.read(0.5)
    screen.type("6")
    screen.read(0.5)
    board.budget("window, memory with 10,000 messages", screen.memory(), 60, "MB")
    screen.close()


def flooded(board):
    screen = chatter(board, 1000, 3)
    screen.type("6")
    took = []
    for _ in range(board.rounds(60)):
        seen = time.monotonic() + 0.05 + random.random() * 0.05
        while time.monotonic() < seen:
            screen.read(0, first=0.005)
        start = time.monotonic()
        screen.type("?")
        screen.until(b"finds a key", limit=2)
        took.append((time.monotonic() - start) * 1000)
        screen.type("\x1b")
    board.budget("key while 1,000 messages a second arrive, p95", percentile(took, 0.95), 16, "ms",
                 note=f"p50 {percentile(took, 0.5):.1f}")
    screen.close()
