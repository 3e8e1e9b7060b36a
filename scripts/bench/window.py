"""The window: what it does while nothing happens, and what a change costs."""

import fcntl
import os
import pathlib
import pty
import select
import signal
import struct
import termios
import time


def measure(board):
    idle(board)
    redraw(board)


class Screen:
    """A program on a terminal of its own."""

    def __init__(self, *command, columns=80, lines=24):
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ["TERM"] = "xterm-256color"
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
