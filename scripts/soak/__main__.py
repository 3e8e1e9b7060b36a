"""Runs the soak, then the kill loop. Usage: python3 -m soak PROGRAM MINUTES [CLIENTS [KILLS]]"""

import asyncio
import json
import os
import pathlib
import secrets
import statistics
import subprocess
import sys
import tempfile

from .clients import Ledger, crowd
from .faults import Faults
from .kills import kill_loop
from .servers import Server, left_over

DISK = "768m"


class Verdict:
    def __init__(self):
        self.isGood = True

    def row(self, name, good, found):
        self.isGood = self.isGood and good
        print(f"  {'held' if good else 'BROKEN':<7} {name}: {found}", flush=True)


def own_disk(folder):
    """A small disk of its own, which can be filled; only root can have one."""
    return subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder],
                          capture_output=True, check=False).returncode == 0


def shifted_clock(folder):
    """The library that shifts a process's clock; nothing where there is no compiler."""
    library = pathlib.Path(folder, "clock.so")
    source = pathlib.Path(__file__).with_name("clock.c")
    made = subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"],
                          capture_output=True, check=False).returncode == 0
    return str(library) if made else ""


def alidade(program, *words):
    return subprocess.run([program, *words], capture_output=True, text=True, check=False)


async def sample(server, until):
    loop = asyncio.get_running_loop()
    while loop.time() < until:
        server.samples.append(server.cost())
        await asyncio.sleep(1)


async def soak(program, minutes, clients, folder, has_own_disk, verdict):
    mark = f"ALIDADE_SOAK={secrets.token_hex(8)}"
    clock = pathlib.Path(folder, "clock")
    clock.write_text("0")
    data = str(pathlib.Path(folder, "data"))
    key = alidade(program, "keys", "create", "--system", "conformance", "--name", "soak", "--yes", "--data", data).stdout.strip()
    with tempfile.TemporaryDirectory() as home:
        plain = {"PATH": os.environ["PATH"], "HOME": home, mark.split("=")[0]: mark.split("=")[1]}
        served = {**plain, "LD_PRELOAD": shifted_clock(home), "SOAK_CLOCK": str(clock)}
        steady, mortal = Server(program, data, served), Server(program, data, served)
        await steady.start()
        await mortal.start()
        idle = steady.cost()
        ledger = Ledger()
        call = (program, "call", f"{program} serve conformance --stdio", "test_simple_text")
        faults = Faults(steady, mortal, data, has_own_disk, clock, call, plain)
        until = asyncio.get_running_loop().time() + minutes * 60
        await asyncio.gather(
            sample(steady, until), faults.run(until),
            *(client.run(until) for client in crowd(clients, [steady.port, mortal.port], key, ledger)))
        await asyncio.sleep(3)
        after = steady.cost()
        codes = [await server.end() for server in (steady, mortal)]
        judge(program, data, ledger, faults, steady, idle, after, codes, mark, verdict)


def judge(program, data, ledger, faults, steady, idle, after, codes, mark, verdict):
    print("  done    " + ", ".join(f"{count} × {name}" for name, count in sorted(faults.done.items())))
    print("  ends    " + ", ".join(f"{count} × {name}" for name, count in ledger.ends.most_common(12)))
    verdict.row("answers that no server in order gives", not ledger.findings, dict(ledger.findings.most_common(3)) or "none")
    check = alidade(program, "audit", "verify", "--data", data)
    verdict.row("the audit's chain", check.returncode == 0, (check.stdout or check.stderr).splitlines()[0])
    written = alidade(program, "audit", "export", "--data", data).stdout
    names = [json.loads(line)["arguments"]["name"] for line in written.splitlines() if '"greet"' in line and "soak-" in line]
    lost = ledger.told - set(names)
    verdict.row("acknowledged calls on the audit", not lost and ledger.told, f"{len(ledger.told)} told, {len(lost)} missing")
    verdict.row("no call written twice", len(names) == len(set(names)), f"{len(names) - len(set(names))} twice")
    memory = [resident for resident, _ in steady.samples]
    fifth = max(1, len(memory) // 5)
    early, late = statistics.median(memory[fifth:2 * fifth] or memory), statistics.median(memory[-fifth:])
    verdict.row("memory is flat", late <= early * 1.2 + 10, f"{idle[0]:.0f} MB idle, {early:.0f} MB early, {late:.0f} MB late")
    verdict.row("descriptors are given back", after[1] <= idle[1] + 10, f"{idle[1]} before, {after[1]} after")
    verdict.row("servers end in order", codes == [143, 143] or codes == [-15, -15], codes)
    orphans = left_over(mark)
    verdict.row("no process is left over", not orphans, orphans or "none")


def main():
    program, minutes = os.path.abspath(sys.argv[1]), float(sys.argv[2])
    clients = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    kills = int(sys.argv[4]) if len(sys.argv) > 4 else 50
    verdict = Verdict()
    with tempfile.TemporaryDirectory() as folder:
        has_own_disk = own_disk(folder)
        if not has_own_disk:
            print("soak: skipped: a full disk; only root can mount a small one")
        print(f"soak: {clients} clients for {minutes:g} minutes", flush=True)
        try:
            asyncio.run(soak(program, minutes, clients, folder, has_own_disk, verdict))
        finally:
            if has_own_disk:
                subprocess.run(["umount", "-l", folder], check=False)
    if kills:
        print(f"soak: {kills} times kill -9 under load", flush=True)
        kill_loop(program, kills, verdict)
    return 0 if verdict.isGood else 1


if __name__ == "__main__":
    sys.exit(main())
