"""What the client costs beyond a server that does next to nothing, beside other clients where they are installed.

BENCH_MCP names a python that has the package `mcp`, BENCH_FASTMCP the `fastmcp` program; unset, those rows are skipped.
"""

import contextlib
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

MEGA = 1_000_000
BIG = 50 * MEGA
CALLS = 5000
# What a client asks of a server when it lists: the server alone is timed with these words in a file.
QUESTIONS = [
    {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {}},
    {"jsonrpc": "2.0", "method": "notifications/initialized"},
    {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
]
PYTHON_LIST = """
import asyncio, sys
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
async def main():
    async with stdio_client(StdioServerParameters(command=sys.argv[1], args=sys.argv[2:])) as (read, write):
        async with ClientSession(read, write) as session:
            await session.initialize()
            await session.list_tools()
asyncio.run(main())
"""
PYTHON_CALLS = """
import asyncio, sys, time
from mcp import ClientSession
from mcp.client import streamable_http
connect = getattr(streamable_http, "streamable_http_client", None) or streamable_http.streamablehttp_client
async def main():
    async with connect(sys.argv[1]) as streams:
        async with ClientSession(streams[0], streams[1]) as session:
            await session.initialize()
            await session.list_tools()
            start = time.perf_counter()
            for _ in range(int(sys.argv[2])):
                await session.call_tool("echo", {})
            print(int(sys.argv[2]) / (time.perf_counter() - start))
asyncio.run(main())
"""


def measure(board):
    with tempfile.TemporaryDirectory() as folder:
        run = Run(board, folder)
        run.listing_stdio()
        with run.server() as url:
            run.listing_http(url)
            run.calling(url)
        with run.server(10_000) as url:
            run.paging(url)
        if board.quick:
            board.skip("50 MB results", "a quick run")
        else:
            with run.server(3, BIG) as url:
                run.big(url)


class Run:
    def __init__(self, board, folder):
        self.board = board
        self.folder = folder
        self.environment = dict(os.environ, XDG_STATE_HOME=folder, XDG_CONFIG_HOME=folder)
        self.python = os.environ.get("BENCH_MCP")
        self.fastmcp = os.environ.get("BENCH_FASTMCP")

    def timed(self, command, stdin=subprocess.DEVNULL):
        """Wall seconds and the most memory of one run, in MB."""
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, env=self.environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, f"{command} ended with {process.returncode}"
        return time.perf_counter() - start, usage.ru_maxrss / 1000

    def median(self, commands, count):
        """Alternating runs of several commands: each one's median seconds and megabytes."""
        rounds = [[self.timed(*command) for command in commands] for _ in range(count)]
        return [tuple(statistics.median(values) for values in zip(*runs)) for runs in zip(*rounds)]

    @contextlib.contextmanager
    def server(self, *sizes):
        process = subprocess.Popen([self.board.jobs, "answer", "http", *map(str, sizes)],
                                   stdout=subprocess.PIPE, text=True)
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/mcp"
        finally:
            process.kill()
            process.wait()

    # Groups of rows

    def listing_stdio(self):
        questions = pathlib.Path(self.folder, "questions")
        questions.write_text("".join(json.dumps(question) + "\n" for question in QUESTIONS))
        server = [self.board.jobs, "answer", "stdio"]
        own = [self.board.program, "list", "tools", "--", *server]
        self.timed(own)
        rounds = [(self.timed(server, questions.open()), self.timed(own))
                  for _ in range(self.board.rounds(30))]
        alone, with_client = (tuple(statistics.median(values) for values in zip(*runs))
                              for runs in zip(*rounds))
        self.costs("`alidade list` over stdio", with_client[0] - alone[0], with_client[1])
        self.python_row("  the same, the Python SDK's client", ["-c", PYTHON_LIST, *server])

    def listing_http(self, url):
        own = [self.board.program, "list", "tools", url]
        self.timed(own)
        [(seconds, megabytes)] = self.median([(own,)], self.board.rounds(30))
        self.costs("`alidade list` over HTTP", seconds, megabytes)
        if self.fastmcp:
            seconds, megabytes = self.timed([self.fastmcp, "list", url])
            self.board.told("  the same, fastmcp", seconds * 1000, "ms", f"{megabytes:.0f} MB")
        else:
            self.board.skip("fastmcp list", "BENCH_FASTMCP names no program")

    def costs(self, name, seconds, megabytes):
        self.board.budget(f"{name}, beyond the server", seconds * 1000, 15, "ms")
        self.board.budget("  memory", megabytes, 25, "MB")

    def python_row(self, name, words):
        if not self.python:
            return self.board.skip(name.strip(), "BENCH_MCP names no python")
        seconds, megabytes = self.timed([self.python, *words])
        self.board.told(name, seconds * 1000, "ms", f"{megabytes:.0f} MB")

    def calling(self, url):
        rates = {"session": [], "curl": []}
        for _ in range(self.board.rounds(5)):
            for kind, found in rates.items():
                took = self.board.job("calls", kind, url, CALLS, self.folder)["seconds"]
                found.append(CALLS / took)
        own, bare = max(rates["session"]), max(rates["curl"])
        self.board.budget("5,000 calls in a row, of a bare libcurl loop", own / bare, 0.5, "×", True,
                          f"{own:.0f} and {bare:.0f} calls/s")
        if not self.python:
            return self.board.skip("calls, the Python SDK's client", "BENCH_MCP names no python")
        out = subprocess.run([self.python, "-c", PYTHON_CALLS, url, str(CALLS // 10)],
                             capture_output=True, text=True, check=True).stdout
        self.board.told("  calls/s of the Python SDK's client", float(out), "")

    def paging(self, url):
        own = [self.board.program, "list", "tools", "--json", url]
        seconds, _ = min(self.timed(own) for _ in range(self.board.rounds(5)))
        self.board.budget("10,000 tools on 50 pages, listed", seconds, 0.5, "s")

    def big(self, url):
        for tool, what in (("big", "structured, validated"), ("text", "one text")):
            own = [self.board.program, "call", url, tool, "--json"]
            seconds, megabytes = min(self.timed(own) for _ in range(3))
            self.board.budget(f"a result of 50 MB printed, {what}", seconds, 1.5, "s")
            self.board.budget("  memory", megabytes, 300, "MB")
