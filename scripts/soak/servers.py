"""The servers under test, and what they cost."""

import asyncio
import os
import pathlib
import signal
import socket


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


class Server:
    def __init__(self, program, folder, environment):
        self.program = program
        self.folder = folder
        self.environment = environment
        self.port = free_port()
        self.process = None
        self.samples = []

    async def start(self):
        self.process = await asyncio.create_subprocess_exec(
            self.program, "serve", "conformance", "--listen", f"127.0.0.1:{self.port}", "--sse", "--callers", "keys",
            "--data", self.folder, stdout=asyncio.subprocess.PIPE, env=self.environment)
        line = await asyncio.wait_for(self.process.stdout.readline(), 30)
        if b"listening" not in line:
            raise SystemExit(f"soak: the server did not start: {line!r}")

    def send(self, number):
        self.process.send_signal(number)

    async def kill(self):
        self.process.kill()
        await self.process.wait()

    async def end(self):
        """An orderly end; the exit code."""
        self.send(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 30)

    def cost(self):
        """Resident megabytes and open descriptors."""
        process = pathlib.Path(f"/proc/{self.process.pid}")
        resident = int(process.joinpath("status").read_text().split("VmRSS:")[1].split()[0]) / 1000
        return resident, len(os.listdir(process / "fd"))


def left_over(mark):
    """Processes of this run that are still there, by their environment."""
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes() and int(folder.name) != os.getpid():
                found.append((int(folder.name), (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()))
        except OSError:
            continue
    return found
