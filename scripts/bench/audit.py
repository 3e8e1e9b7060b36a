"""How fast the audit takes events in, and how fast it shows and finds them again."""

import subprocess
import tempfile
import time

EVENTS = 1_000_000
GROUP = 1000
SEARCHES = {
    "by tool and outcome": ["--tool", "create_ticket", "--outcome", "denied"],
    "by principal": ["--principal", "user-5@example.org"],
    "by time": ["--since", "1h", "--limit", "100"],
    "slow ones": ["--slower-than", "0.004998"],
    "that no event matches": ["--tool", "nothing"],
    "by a word of its arguments": ["--text", "words number 77777"],
}


def measure(board):
    with tempfile.TemporaryDirectory() as folder:
        events = EVENTS // 10 if board.quick else EVENTS
        out = subprocess.run([board.jobs, "audit", f"{folder}/audit.db", str(events), str(GROUP)],
                             check=True, capture_output=True, text=True).stdout
        seconds = float(out.split("seconds ")[1])
        board.budget(f"audit events a second, in groups of {GROUP}", events / seconds, 50_000, "/s", least=True)
        asked(board, folder, "first screen of `audit tail`", ["tail"], 0.1)
        for name, words in SEARCHES.items():
            asked(board, folder, f"`audit search` {name}", ["search", *words], 0.5)
        start = time.perf_counter()
        subprocess.run([board.program, "audit", "verify", "--data", folder], check=True, capture_output=True)
        board.told(f"`audit verify` of {events} events", time.perf_counter() - start, "s")


def asked(board, folder, name, words, limit):
    best = min(timed([board.program, "audit", *words, "--data", folder]) for _ in range(board.rounds(5)))
    board.budget(name, best * 1000, limit * 1000, "ms")


def timed(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start
