"""What goes wrong, a row each: a name and what is done. A fault ends by itself and leaves things as they were."""

import asyncio
import os
import pathlib
import random
import signal
import socket
import struct

HALVES = [b"POST /mcp HT", b"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n\r\n{\"jsonrpc\"",
          b"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", b"\0\1\2\3\r\n\r\n", b""]


class Faults:
    def __init__(self, steady, mortal, folder, has_own_disk, clock, call, environment):
        self.steady = steady
        self.mortal = mortal
        self.folder = folder
        self.clock = clock
        self.call = call
        self.environment = environment
        self.done = {}
        self.random = random.Random(7)
        self.rows = [("kill -9 of a server", self.kill), ("a stopped server", self.stop), ("half requests", self.halves),
                     ("slow readers", self.slow), ("clock jumps", self.jump), ("killed clients", self.clients)]
        if has_own_disk:
            self.rows.append(("full disk", self.fill))

    async def run(self, until):
        loop = asyncio.get_running_loop()
        while loop.time() < until:
            for name, fault in self.random.sample(self.rows, len(self.rows)):
                if loop.time() < until:
                    await fault()
                    self.done[name] = self.done.get(name, 0) + 1
                    await asyncio.sleep(0.5 + self.random.random())

    async def kill(self):
        await self.mortal.kill()
        await asyncio.sleep(0.3)
        await self.mortal.start()

    async def stop(self):
        self.steady.send(signal.SIGSTOP)
        await asyncio.sleep(1.5)
        self.steady.send(signal.SIGCONT)

    def sockets(self, count):
        for _ in range(count):
            wire = socket.create_connection(("127.0.0.1", self.steady.port), timeout=5)
            yield wire

    async def halves(self):
        """Half a request, then: no more to send, nothing at all, or a reset."""
        left = []
        for number, wire in enumerate(self.sockets(30)):
            wire.send(HALVES[number % len(HALVES)])
            if number % 3 == 0:
                wire.shutdown(socket.SHUT_WR)
            elif number % 3 == 1:
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            left.append(wire)
        await asyncio.sleep(1)
        for wire in left:
            wire.close()

    async def slow(self):
        """Asks for much and takes none of it."""
        body = b'{"jsonrpc":"2.0","id":1,"method":"tools/list"}'
        head = (f"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n\r\n").encode()
        wires = list(self.sockets(10))
        for wire in wires:
            wire.settimeout(0.1)
            try:
                wire.sendall((head + body) * 200)
            except OSError:
                pass
        await asyncio.sleep(2)
        for wire in wires:
            wire.close()

    async def jump(self):
        for seconds in (3600, -3600, 0):
            self.clock.write_text(str(seconds))
            await asyncio.sleep(0.5)

    async def clients(self):
        """A program that has started a server of its own is killed: the server must go too."""
        started = [await asyncio.create_subprocess_exec(
            *self.call, env=self.environment, stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL) for _ in range(4)]
        await asyncio.sleep(0.1 + self.random.random() * 0.5)
        for process in started:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def fill(self):
        block = pathlib.Path(self.folder, "..", "filler").resolve()
        with open(block, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * (1 << 20))
            except OSError:
                pass
            try:
                while True:
                    file.write(b"\0" * 512)
            except OSError:
                pass
        await asyncio.sleep(1.5)
        os.unlink(block)
