"""The clients: each calls one tool again and again under a name that is never used twice, and notes what it was told."""

import asyncio
import collections
import json
import random

from .wire import Broken, Wire

HANDSHAKE = ["2025-03-26", "2025-06-18", "2025-11-25"]
STATELESS = "2026-07-28"
PLAIN = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
# What a server in trouble may say. Anything else is a finding.
IN_ORDER = {200, 202, 404, 429, 502, 503}


class Ledger:
    """What was acknowledged, and how everything else ended."""

    def __init__(self):
        self.told = set()
        self.ends = collections.Counter()
        self.findings = collections.Counter()

    def take(self, name, answer):
        if answer.status not in IN_ORDER:
            self.findings[f"status {answer.status}: {answer.body[:120]!r}"] += 1
            return
        message = answer.message()
        text = json.dumps(message.get("result", {}))
        if answer.status == 200 and f"Hello, {name}!" in text:
            self.told.add(name)
            self.ends["answered"] += 1
        elif "error" in message:
            self.ends[f"{answer.status} {message['error'].get('message', '')[:40]}"] += 1
        else:
            self.findings[f"{answer.status}: {answer.body[:120]!r}"] += 1


class Client:
    def __init__(self, number, port, key, ledger, pause):
        self.pause = pause
        self.number = number
        self.wire = Wire(port)
        self.credential = {"Authorization": f"Bearer {key}"}
        self.ledger = ledger
        self.count = 0
        self.random = random.Random(number)

    async def run(self, until):
        loop = asyncio.get_running_loop()
        while loop.time() < until:
            try:
                await self.call()
            except Broken:
                self.ledger.ends["connection lost"] += 1
                await self.lost()
            if self.random.random() < 0.01:
                self.wire.cut()
            await asyncio.sleep(self.random.random() * self.pause)
        self.wire.cut()

    async def lost(self):
        await asyncio.sleep(0.2 + self.random.random())

    def message(self, meta=None):
        self.count += 1
        name = f"soak-{self.number}-{self.count}"
        params = {"name": "greet", "arguments": {"name": name}}
        if meta:
            params["_meta"] = meta
        return name, json.dumps({"jsonrpc": "2.0", "id": self.count, "method": "tools/call", "params": params}).encode()


class Stateless(Client):
    META = {"io.modelcontextprotocol/protocolVersion": STATELESS, "io.modelcontextprotocol/clientCapabilities": {}}
    FIELDS = {**PLAIN, "MCP-Protocol-Version": STATELESS, "Mcp-Method": "tools/call", "Mcp-Name": "greet"}

    async def call(self):
        name, body = self.message(self.META)
        self.ledger.take(name, await self.wire.ask("POST", "/mcp", {**self.FIELDS, **self.credential}, body))


class Handshake(Client):
    """Keeps its session wherever it can: it must outlive the server it began in."""

    def __init__(self, revision, *rest):
        super().__init__(*rest)
        self.revision = revision
        self.session = None

    def fields(self):
        fields = {**PLAIN, **self.credential}
        if self.session:
            fields |= {"Mcp-Session-Id": self.session, "MCP-Protocol-Version": self.revision}
        return fields

    async def open(self):
        hello = {"protocolVersion": self.revision, "capabilities": {}, "clientInfo": {"name": "soak", "version": "1"}}
        body = json.dumps({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello}).encode()
        answer = await self.wire.ask("POST", "/mcp", self.fields(), body)
        self.session = answer.fields.get("mcp-session-id")
        if not self.session:
            self.ledger.ends[f"{answer.status} at the opening"] += 1
            raise Broken
        ready = b'{"jsonrpc":"2.0","method":"notifications/initialized"}'
        await self.wire.ask("POST", "/mcp", self.fields(), ready)

    async def call(self):
        if not self.session:
            await self.open()
        name, body = self.message()
        answer = await self.wire.ask("POST", "/mcp", self.fields(), body)
        if answer.status == 404:
            self.ledger.ends["session gone"] += 1
            self.session = None
            return
        self.ledger.take(name, answer)


class OldStream(Client):
    """2024-11-05: messages are posted, answers come on a stream that stays open."""

    def __init__(self, *rest):
        super().__init__(*rest)
        self.stream = self.events = self.path = None

    async def lost(self):
        if self.stream:
            self.stream.cut()
        self.path = None
        await super().lost()

    async def open(self):
        self.stream = Wire(self.wire.port)
        try:
            self.stream.reader, self.stream.writer = await asyncio.open_connection("127.0.0.1", self.wire.port)
            head = (f"GET /sse HTTP/1.1\r\nHost: 127.0.0.1:{self.wire.port}\r\nAccept: text/event-stream\r\n"
                    f"Authorization: {self.credential['Authorization']}\r\n\r\n")
            self.stream.writer.write(head.encode())
            status, _ = await asyncio.wait_for(self.stream.head(), 20)
        except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError):
            raise Broken from None
        if status != 200:
            self.ledger.ends[f"{status} at the stream"] += 1
            raise Broken
        self.events = self.stream.pieces()
        self.path = (await self.event()).decode().strip()
        hello = {"protocolVersion": "2024-11-05", "capabilities": {}, "clientInfo": {"name": "soak", "version": "1"}}
        await self.post({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello})
        await self.event()
        await self.post({"jsonrpc": "2.0", "method": "notifications/initialized"})

    async def event(self):
        """The data of the next event; comments keep the stream alive and say nothing."""
        try:
            while True:
                piece = await asyncio.wait_for(anext(self.events), 20)
                data = [line[5:] for line in piece.splitlines() if line.startswith(b"data:")]
                if data:
                    return b"".join(data)
        except (OSError, ValueError, asyncio.TimeoutError, asyncio.IncompleteReadError, StopAsyncIteration):
            raise Broken from None

    async def post(self, message):
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        answer = await self.wire.ask("POST", self.path, {**PLAIN, **self.credential}, body)
        if answer.status != 202:
            self.ledger.ends[f"{answer.status} at a post"] += 1
            raise Broken

    async def call(self):
        if not self.path:
            await self.open()
        name, body = self.message()
        await self.post(body)
        answer = json.loads(await self.event())
        if f"Hello, {name}!" in json.dumps(answer.get("result", {})):
            self.ledger.told.add(name)
            self.ledger.ends["answered"] += 1
        else:
            self.ledger.ends[f"stream {json.dumps(answer.get('error', answer))[:60]}"] += 1


def crowd(count, ports, key, ledger, pause=0.4, first=0):
    """Clients of mixed revisions, numbered from `first`, spread over the servers."""
    out = []
    for number in range(count):
        rest = (first + number, ports[number % 5 > 2], key, ledger, pause)
        kind = number % 6
        out.append(Stateless(*rest) if kind < 2 else OldStream(*rest) if kind == 2 else
                   Handshake(HANDSHAKE[kind - 3], *rest))
    return out
