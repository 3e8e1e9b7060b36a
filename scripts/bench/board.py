"""What the groups measure with, and where their rows are kept."""

import json
import multiprocessing
import pathlib
import subprocess

FOLDER = pathlib.Path(".build/bench")
MEGA = 1_000_000


class Board:
    """The rows of one run, and the two programs it measures with."""

    def __init__(self, program, jobs, quick):
        self.program = program
        self.jobs = jobs
        self.quick = quick
        self.rows = []
        self.skipped = []

    def budget(self, name, value, limit, unit="", least=False, note=""):
        """A measured value beside its limit: at most, or at least where `least`. Without a limit it is only told."""
        kept = limit is None or (value >= limit if least else value <= limit)
        self.rows.append({"name": name, "value": round(value, 3), "limit": limit, "unit": unit,
                          "least": least, "kept": kept, "note": note})

    def told(self, name, value, unit="", note=""):
        """A measured value that has no budget."""
        self.budget(name, value, None, unit, note=note)

    def skip(self, name, why):
        self.skipped.append({"name": name, "why": why})

    def rounds(self, count):
        """How often to measure; a quick run does it a few times only."""
        return max(2, count // 3) if self.quick else count

    def apart(self, measure):
        """A group in a process of its own, so that what one group holds is not counted as memory of the next one's
        children: until a child runs its program, it is as big as its parent."""
        with multiprocessing.get_context("fork").Pool(1) as pool:
            rows, skipped = pool.apply(self.measured, (measure,))
        self.rows += rows
        self.skipped += skipped

    def measured(self, measure):
        before = len(self.rows), len(self.skipped)
        measure(self)
        return self.rows[before[0]:], self.skipped[before[1]:]

    # Jobs of alidade-bench

    def job(self, *words):
        """The JSON that a job prints."""
        out = subprocess.run([self.jobs, *map(str, words)], check=True, capture_output=True,
                             text=True).stdout
        return json.loads(out)

    def generated(self, kind, megabytes):
        """An input of that kind and size, made once from a seed; it is never committed."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        path = FOLDER / f"{kind}-{megabytes}.json"
        if not path.exists():
            self.make(kind, megabytes, path)
        return path

    def make(self, kind, megabytes, path):
        half = path.with_suffix(".part")
        subprocess.run([self.jobs, "make", kind, str(megabytes * MEGA), str(half)], check=True)
        half.rename(path)

    # Report

    def report(self):
        width = max((len(row["name"]) for row in self.rows), default=0)
        for row in self.rows:
            print(self.line(row, width))
        for row in self.skipped:
            print(f"  skipped: {row['name']}: {row['why']}")
        FOLDER.mkdir(parents=True, exist_ok=True)
        path = FOLDER / "results.json"
        results = {"quick": self.quick, "budgets": self.rows, "skipped": self.skipped}
        path.write_text(json.dumps(results, indent=2) + "\n")
        print(f"bench: the same as JSON is in {path}")
        return 0 if all(row["kept"] for row in self.rows) else 1

    @staticmethod
    def line(row, width):
        start = f"  {row['name']:<{width}}  {row['value']:>9} {row['unit']:<2}"
        if row["limit"] is None:
            return f"{start}  {'':<16}  {row['note']}".rstrip()
        sign = "≥" if row["least"] else "≤"
        verdict = "kept" if row["kept"] else "MISSED"
        return f"{start}  {sign} {row['limit']:<6}  {verdict:<6}  {row['note']}".rstrip()
