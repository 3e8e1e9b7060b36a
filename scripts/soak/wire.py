"""HTTP as the clients here speak it: a connection that is kept, one request after the other."""

import asyncio
import json

WAIT = 20


class Broken(Exception):
    """The connection went, or nothing came in time."""


class Answer:
    def __init__(self, status, fields, body):
        self.status = status
        self.fields = fields
        self.body = body

    def message(self):
        """The last message of the body, whether it came as it is or as events."""
        text = self.body.decode()
        if self.fields.get("content-type", "").startswith("text/event-stream"):
            lines = [line[5:].strip() for line in text.splitlines() if line.startswith("data:")]
            text = next((line for line in reversed(lines) if line), "{}")
        try:
            return json.loads(text or "{}")
        except ValueError:
            raise Broken from None


class Wire:
    def __init__(self, port):
        self.port = port
        self.reader = self.writer = None

    async def ask(self, method, path, fields, body=b""):
        try:
            return await asyncio.wait_for(self.exchange(method, path, fields, body), WAIT)
        except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            self.cut()
            raise Broken from None

    async def exchange(self, method, path, fields, body):
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 22)
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{lines}Content-Length: {len(body)}\r\n\r\n"
        self.writer.write(head.encode() + body)
        await self.writer.drain()
        answer = await self.answer()
        if answer.fields.get("connection") == "close":
            self.cut()
        return answer

    async def answer(self):
        status, fields = await self.head()
        if fields.get("transfer-encoding") == "chunked":
            body = b"".join([piece async for piece in self.pieces()])
        else:
            body = await self.reader.readexactly(int(fields.get("content-length", 0)))
        return Answer(status, fields, body)

    async def head(self):
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
        return int(lines[0].split()[1]), fields

    async def pieces(self):
        while size := int(await self.reader.readline(), 16):
            yield await self.reader.readexactly(size)
            await self.reader.readline()
        await self.reader.readline()

    def cut(self):
        if self.writer is not None:
            self.writer.transport.abort()
        self.reader = self.writer = None
