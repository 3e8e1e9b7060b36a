"""Usage: python3 -m bench PROGRAM BENCH_PROGRAM, from the root of the repository.

Writes a table, and the same as JSON beside the generated inputs. A budget that is missed makes the exit code 1;
what cannot be measured here is named and skipped. From the environment: ONLY names groups, with commas between
them; QUICK=1 takes fewer rounds and leaves out the big inputs.
"""

import os
import sys

from . import audit, client, parsing, serving, signing, starting, watching, window
from .board import Board

# A row for each group: its name for ONLY, and what measures it.
GROUPS = [
    ("json", parsing.measure),
    ("start", starting.measure),
    ("window", window.measure),
    ("watching", watching.measure),
    ("serving", serving.measure),
    ("signing", signing.measure),
    ("audit", audit.measure),
    ("client", client.measure),
]


def main(program, jobs):
    only = [name for name in os.environ.get("ONLY", "").split(",") if name]
    unknown = set(only) - {name for name, _ in GROUPS}
    if unknown:
        print(f"bench: no group {', '.join(sorted(unknown))};"
              f" there are {', '.join(name for name, _ in GROUPS)}", file=sys.stderr)
        return 1
    board = Board(program, jobs, quick=os.environ.get("QUICK", "") not in ("", "0"))
    for name, measure in GROUPS:
        if not only or name in only:
            board.apart(measure)
    return board.report()


sys.exit(main(sys.argv[1], sys.argv[2]))
