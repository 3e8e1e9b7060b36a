"""A server under load that is killed again and again: what it acknowledged must be there each time it comes back."""

import asyncio
import json
import os
import pathlib
import random
import subprocess
import tempfile

from .clients import Ledger, crowd
from .servers import Server

CLIENTS = 24


async def kill(program, folder, key, rounds, ledger):
    """How many of the rounds the server came back from with a store that opens."""
    chance = random.Random(7)
    server = Server(program, folder, {"PATH": os.environ["PATH"], "HOME": folder})
    opened = 0
    for _ in range(rounds):
        await server.start()
        opened += 1
        until = asyncio.get_running_loop().time() + 0.3 + chance.random() * 0.5
        clients = [client.run(until + 0.3) for client in crowd(CLIENTS, [server.port] * 2, key, ledger, pause=0, first=opened * CLIENTS)]
        load = asyncio.gather(*clients)
        await asyncio.sleep(until - asyncio.get_running_loop().time())
        await server.kill()
        await load
    return opened


def kill_loop(program, rounds, verdict):
    with tempfile.TemporaryDirectory() as home:
        data, ledger = str(pathlib.Path(home, "data")), Ledger()

        def alidade(*words):
            return subprocess.run([program, *words, "--data", data], capture_output=True, text=True, check=False)

        key = alidade("keys", "create", "--system", "conformance", "--name", "kills", "--yes").stdout.strip()
        opened = asyncio.run(kill(program, data, key, rounds, ledger))
        check = alidade("audit", "verify")
        written = {json.loads(line)["arguments"]["name"] for line in alidade("audit", "export").stdout.splitlines() if '"soak-' in line}
    lost = ledger.told - written
    verdict.row("starts after kill -9", opened == rounds, f"{opened} of {rounds}")
    verdict.row("the chain after them", check.returncode == 0, (check.stdout or check.stderr).splitlines()[0])
    verdict.row("acknowledged calls after them", not lost and ledger.told, f"{len(ledger.told)} told, {len(lost)} missing")
