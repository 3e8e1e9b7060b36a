"""What a call costs a server that checks keys and writes its audit: over HTTP beside the bare HTTP layer and beside the
Python SDK's server, over pipes, and with many idle streams.

BENCH_MCP names a python that has the package `mcp`; unset, that comparison is skipped.
"""

import contextlib
import json
import os
import pathlib
import resource
import socket
import statistics
import subprocess
import tempfile
import time

REVISION = "2025-11-25"
ACCEPT = "Accept: application/json, text/event-stream\r\nContent-Type: application/json\r\n"
CALL = {"name": "greet", "arguments": {"name": "you"}}
IDLE_STREAMS = 2000
CONNECTIONS = 16
# As many clients as a server has on a full day.
MANY_CONNECTIONS = 128
# The SDK's server in its quickest form: no session to look up, no stream around an answer.
PYTHON_SERVER = """
import sys
try:
    from mcp.server.mcpserver import MCPServer as Server
except ImportError:
    from mcp.server.fastmcp import FastMCP as Server
server = Server("bench")
@server.tool()
def greet(name: str) -> str:
    return f"Hello, {name}!"
options = dict(stateless_http=True, json_response=True)
try:
    app = server.streamable_http_app(**options)
except TypeError:
    server.settings.stateless_http = server.settings.json_response = True
    app = server.streamable_http_app()
import uvicorn
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error", access_log=False)
"""


def measure(board):
    with tempfile.TemporaryDirectory() as folder:
        key = minted(board, folder)
        with Listening(board, folder, "--callers", "keys") as server:
            session = server.session(key)
            bare = server.request("GET", "/nothing", b"")
            call = server.post("tools/call", CALL, session)
            lists = server.post("tools/list", {}, session)
            cost(board, server, bare, call)
            rates(board, server, folder, bare, call, lists)
            half_load(board, server, call)
            streams(board, server, key)
    round_trips(board)


def minted(board, folder):
    return subprocess.run(
        [board.program, "keys", "create", "--system", "conformance", "--name", "bench", "--yes",
         "--data", folder], check=True, capture_output=True, text=True).stdout.strip()


def cost(board, server, bare, call):
    """Processor time of one call after the other, and of many at once."""
    seconds = 2 if board.quick else 5
    alone = server.cost(board, call, 1, seconds)
    many = server.cost(board, call, CONNECTIONS, seconds)
    fixed = server.cost(board, bare, CONNECTIONS, seconds)
    board.budget("tools/call over HTTP with key and audit, processor time a call", many * 1000, 0.05, "ms",
                 note=f"{CONNECTIONS} connections; {alone * 1e6:.0f} µs on one")
    board.told("an answer of the bare HTTP layer, processor time", fixed * 1000, "ms")


def rates(board, server, folder, bare, call, lists):
    rounds = board.rounds(5)
    runs = {"bare": (bare, CONNECTIONS), "call": (call, CONNECTIONS), "lists": (lists, CONNECTIONS),
            "many bare": (bare, MANY_CONNECTIONS), "many calls": (call, MANY_CONNECTIONS)}
    best = dict.fromkeys(runs, 0)
    with python_server(board) as other:
        theirs = 0
        for _ in range(rounds):
            for name, (request, connections) in runs.items():
                best[name] = max(best[name], server.load(board, request, connections, 1.5)["rate"])
            if other:
                request = other.post("tools/call", CALL, {})
                theirs = max(theirs, other.load(board, request, CONNECTIONS, 1.5)["rate"])
    board.budget(f"… of the bare HTTP layer's rate, {MANY_CONNECTIONS} connections",
                 best["many calls"] / best["many bare"], 0.4, "×", least=True,
                 note=f"{best['many calls']:.0f} calls of {best['many bare']:.0f} answers a second")
    board.told(f"… of the bare HTTP layer's rate, {CONNECTIONS} connections", best["call"] / best["bare"], "×")
    board.told("tools/list over HTTP", best["lists"], "/s")
    if theirs:
        board.budget("… of the Python SDK's rate", best["call"] / theirs, 15, "×", least=True,
                     note=f"{theirs:.0f} calls a second there")
    else:
        board.skip("tools/call beside the Python SDK's server", "BENCH_MCP names no python with mcp")


def half_load(board, server, call):
    """Half of what the server bears in that very moment: what a shared machine gives changes from one to the next."""
    runs = []
    for _ in range(board.rounds(15)):
        full = server.load(board, call, CONNECTIONS, 1)["rate"]
        runs.append(server.load(board, call, CONNECTIONS, 1, full / 2))
    times = sorted(run["p99"] * 1000 for run in runs)
    rate = statistics.median(run["rate"] for run in runs)
    board.budget("tools/call at half load, 99 of 100 within", statistics.median(times), 10, "ms",
                 note=f"at {rate:.0f} a second; {times[0]:.1f} to {times[-1]:.1f} ms in {len(times)} rounds")


@contextlib.contextmanager
def python_server(board):
    python = os.environ.get("BENCH_MCP")
    if not python:
        yield None
        return
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen([python, "-c", PYTHON_SERVER, str(port)])
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        yield Peer(process, ("127.0.0.1", port))
    finally:
        process.terminate()
        process.wait()


def streams(board, server, key):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = IDLE_STREAMS + 100
    if soft < wanted:
        if hard < wanted:
            return board.skip("idle streams", f"only {hard} descriptors are allowed")
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    before = server.megabytes()
    opened = []
    for _ in range(IDLE_STREAMS):
        session = server.session(key)
        stream = server.connect()
        stream.sendall(server.request("GET", "/mcp", b"", session))
        opened.append(stream)
    for stream in opened:
        assert stream.recv(4096).startswith(b"HTTP/1.1 200")
    board.budget(f"{IDLE_STREAMS} sessions with an idle stream, memory in all", server.megabytes(), 100, "MB",
                 note=f"{before:.0f} MB without them")
    for stream in opened:
        stream.close()


def round_trips(board):
    server = subprocess.Popen([board.program, "serve", "conformance", "--stdio"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    times = []
    server.stdin.write(message("initialize", OPENING) + b"\n")
    server.stdin.flush()
    server.stdout.readline()
    for _ in range(300 if board.quick else 3000):
        start = time.perf_counter()
        server.stdin.write(message("tools/call", CALL) + b"\n")
        server.stdin.flush()
        server.stdout.readline()
        times.append(time.perf_counter() - start)
    server.stdin.close()
    server.wait()
    board.budget("stdio round trip", statistics.median(times) * 1000, 0.2, "ms")


OPENING = {"protocolVersion": REVISION, "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}


def message(method, params):
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()


class Peer:
    """A server that is running, and what it costs to ask it."""

    def __init__(self, process, address):
        self.process = process
        self.address = address

    def connect(self):
        connection = socket.create_connection(self.address)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def request(self, method, path, body, fields=None):
        lines = "".join(f"{name}: {value}\r\n" for name, value in (fields or {}).items())
        head = (f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.address[1]}\r\n{ACCEPT}{lines}"
                f"Content-Length: {len(body)}\r\n\r\n")
        return head.encode() + body

    def post(self, method, params, fields):
        return self.request("POST", "/mcp", message(method, params), {"MCP-Protocol-Version": REVISION, **fields})

    def session(self, key):
        """The headers by which requests belong to a session that was just opened."""
        fields = {"Authorization": f"Bearer {key}"}
        with self.connect() as connection:
            connection.sendall(self.post("initialize", OPENING, fields))
            answer = connection.recv(1 << 20).decode()
            fields["Mcp-Session-Id"] = next(
                line.split(": ")[1] for line in answer.split("\r\n") if line.lower().startswith("mcp-session-id"))
            ready = b'{"jsonrpc":"2.0","method":"notifications/initialized"}'
            connection.sendall(self.request("POST", "/mcp", ready, fields))
            assert connection.recv(4096).startswith(b"HTTP/1.1 202")
        return fields

    def load(self, board, request, connections, seconds, rate=None):
        with tempfile.NamedTemporaryFile() as file:
            file.write(request)
            file.flush()
            words = ["load", self.address[1], file.name, connections, seconds]
            return board.job(*words, *([rate] if rate else []))

    def cost(self, board, request, connections, seconds):
        """Seconds of processor time that one request costs the server."""
        before = self.processor_time()
        answers = self.load(board, request, connections, seconds)["rate"] * seconds
        return (self.processor_time() - before) / answers

    def processor_time(self):
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def megabytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1000


class Listening(Peer):
    """The program as a server on a free port of this machine, keys and audit in `folder`."""

    def __init__(self, board, folder, *words):
        process = subprocess.Popen(
            [board.program, "serve", "conformance", "--listen", "127.0.0.1:0", "--data", folder, *words],
            stdout=subprocess.PIPE, text=True)
        address = process.stdout.readline().split("//")[1].split("/")[0]
        super().__init__(process, (address.rsplit(":", 1)[0], int(address.rsplit(":", 1)[1])))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
