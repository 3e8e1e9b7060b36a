"""How long the program takes to start, beside a program that does nothing."""

import shutil
import subprocess
import time


def measure(board):
    true = shutil.which("true")
    pairs = [(wall([true]), wall([board.program, "version"])) for _ in range(board.rounds(60))]
    # The best of each: whatever else the machine does can only add to it.
    base, own = (min(times) * 1000 for times in zip(*pairs))
    board.budget("`alidade version`", own, round(3 * base + 10, 1), "ms",
                 note=f"/bin/true takes {base:.1f} ms")


def wall(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start
