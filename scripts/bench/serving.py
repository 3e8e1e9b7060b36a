"""What a call costs a server: over HTTP beside the bare HTTP layer, over pipes, and with many idle streams."""

import json
import pathlib
import resource
import socket
import statistics
import subprocess
import time

REVISION = "2026-07-28"
ACCEPT = "Accept: application/json, text/event-stream\r\nContent-Type: application/json\r\n"
IDLE_STREAMS = 2000


def measure(board):
    with Listening(board.program) as server:
        calls = 2000 if board.quick else 20000
        bare = server.cost("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", calls)
        call = server.cost(post("tools/call", {"name": "greet", "arguments": {"name": "you"}}), calls)
        listed = server.cost(post("tools/list", {}), calls)
        board.budget("tools/call over HTTP, processor time a call", call * 1000, 0.05, "ms")
        board.budget("… of the bare HTTP layer's speed", bare / call, 0.4, "×", least=True,
                     note=f"a fixed answer takes {bare * 1e6:.0f} µs")
        board.told("tools/list over HTTP, processor time", listed * 1000, "ms")
        streams(board, server)
    round_trips(board)


def streams(board, server):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = IDLE_STREAMS + 100
    if soft < wanted:
        if hard < wanted:
            return board.skip("idle streams", f"only {hard} descriptors are allowed")
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    before = server.megabytes()
    wish = post("subscriptions/listen", {"notifications": {"toolsListChanged": True}})
    opened = []
    for _ in range(IDLE_STREAMS):
        stream = server.connect()
        stream.sendall(wish)
        opened.append(stream)
    for stream in opened:
        stream.recv(4096)
    board.budget(f"{IDLE_STREAMS} idle streams, memory in all", server.megabytes(), 100, "MB",
                 note=f"{before:.0f} MB without them")
    for stream in opened:
        stream.close()


def round_trips(board):
    server = subprocess.Popen([board.program, "serve", "conformance", "--stdio"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    times = []
    for _ in range(300 if board.quick else 3000):
        start = time.perf_counter()
        server.stdin.write(message("tools/call", {"name": "greet", "arguments": {"name": "you"}})
                           + b"\n")
        server.stdin.flush()
        server.stdout.readline()
        times.append(time.perf_counter() - start)
    server.stdin.close()
    server.wait()
    board.budget("stdio round trip", statistics.median(times) * 1000, 0.2, "ms")


def message(method, params):
    meta = {"io.modelcontextprotocol/protocolVersion": REVISION,
            "io.modelcontextprotocol/clientInfo": {"name": "bench", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": {}}
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method,
                       "params": {**params, "_meta": meta}}).encode()


def post(method, params):
    body = message(method, params)
    name = f"Mcp-Name: {params['name']}\r\n" if "name" in params else ""
    head = (f"POST /mcp HTTP/1.1\r\nHost: localhost\r\n{ACCEPT}MCP-Protocol-Version: {REVISION}\r\n"
            f"Mcp-Method: {method}\r\n{name}Content-Length: {len(body)}\r\n\r\n")
    return head.encode() + body


class Listening:
    """A server on a free port of this machine."""

    def __init__(self, program):
        self.process = subprocess.Popen(
            [program, "serve", "conformance", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE,
            text=True)
        address = self.process.stdout.readline().split("//")[1].split("/")[0]
        self.address = (address.rsplit(":", 1)[0], int(address.rsplit(":", 1)[1]))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def connect(self):
        connection = socket.create_connection(self.address)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def cost(self, request, count):
        """Seconds of processor time that one request costs the server, on a connection that is kept."""
        request = request if isinstance(request, bytes) else request.encode()
        connection = self.connect()
        self.exchange(connection, request, count // 10)
        before = self.processor_time()
        self.exchange(connection, request, count)
        connection.close()
        return (self.processor_time() - before) / count

    @staticmethod
    def exchange(connection, request, count):
        connection.sendall(request)
        answer = connection.recv(1 << 20)
        head = answer.index(b"\r\n\r\n") + 4
        length = int(answer.lower().split(b"content-length:")[1].split(b"\r\n")[0]) + head
        missing = length - len(answer)
        for _ in range(count):
            while missing > 0:
                missing -= len(connection.recv(1 << 20))
            connection.sendall(request)
            missing = length
        while missing > 0:
            missing -= len(connection.recv(1 << 20))

    def processor_time(self):
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def megabytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1000
