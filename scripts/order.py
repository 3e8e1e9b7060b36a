#!/usr/bin/env python3
"""Records which functions everyday commands run, for the linker to put them side by side (scripts/order.txt).

The system maps a program in blocks of sixteen pages as they are touched: scattered over all of it, a short command
holds most of it in memory. In front stands what a server runs for each call, so that it stays in the processor's caches. Names that no build has any more do no harm. Usage: order.py PROGRAM; needs valgrind.
"""

import collections
import http.client
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

# A function that ran so often ran for each of them.
CALLS = 400
ORDER = pathlib.Path(__file__).with_name("order.txt")


class Recorder:
    """Runs of the program under callgrind, and which of its functions each of them touched."""

    def __init__(self, program, folder):
        self.folder = folder
        # The words for debuggers are more than valgrind reads; the names are all that counts.
        self.program = str(folder / "stripped")
        subprocess.run(["strip", "--strip-debug", "-o", self.program, program], check=True)
        self.outputs = []
        os.environ.update(HOME=str(folder), XDG_STATE_HOME=str(folder), XDG_CONFIG_HOME=str(folder))

    def command(self, *words):
        output = self.folder / f"run{len(self.outputs)}"
        self.outputs.append(output)
        return ["/usr/bin/valgrind", "--tool=callgrind", f"--callgrind-out-file={output}", "--demangle=no",
                "--compress-strings=no", self.program, *words]

    def run(self, *words, check=True):
        subprocess.run(self.command(*words), check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def order(self):
        """What each call of a server runs, the first command's functions, then what each of the others adds; those of
        libraries are not ours to place."""
        symbols = subprocess.run(["nm", "--format=just-symbols", self.program], check=True, capture_output=True, text=True)
        own = set(symbols.stdout.split())
        often = (name for output in self.outputs for name, count in counts(output).items() if count >= CALLS)
        touched = dict.fromkeys([*often, *(name for output in self.outputs for name in names(output))])
        return [name for name in touched if name in own]


def names(output):
    """Functions of one run, without callgrind's numbers of recursion."""
    return re.findall(r"^fn=(.*?)(?:'\d+)?$", output.read_text(), re.MULTILINE)


def counts(output):
    """How often each function of one run was called."""
    found = collections.Counter()
    called = ""
    for line in output.read_text().splitlines():
        if line.startswith("cfn="):
            called = re.sub(r"'\d+$", "", line[4:])
        elif line.startswith("calls="):
            found[called] += int(line[6:].split()[0])
    return found


def calls(url, header):
    """The same call again and again in one session, on one connection."""
    place = url.split("//")[1].split("/")[0]
    connection = http.client.HTTPConnection(place)
    fields = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream",
              header.split(": ")[0]: header.split(": ")[1]}

    def post(method, params):
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
        connection.request("POST", "/mcp", body, fields)
        answer = connection.getresponse()
        answer.read()
        return answer

    opening = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "order", "version": "1"}}
    fields["Mcp-Session-Id"] = post("initialize", opening).headers["Mcp-Session-Id"]
    for _ in range(CALLS + 20):
        post("tools/call", {"name": "alumia_get_balance", "arguments": {}})


def ask(recorder, program):
    """Commands that ask a server over HTTP, and that server."""
    made = subprocess.run([program, "keys", "create", "--system", "alumia", "--name", "order", "--yes"],
                          check=True, capture_output=True, text=True)
    header = f"Authorization: Bearer {made.stdout.strip()}"
    words = recorder.command("serve", "alumia", "--listen", "127.0.0.1:0")
    server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    url = server.stdout.readline().split()[-1]
    # What is kept from one command to the next is there every day but the first.
    subprocess.run([program, "list", "tools", url, "-H", header], check=True, stdout=subprocess.DEVNULL)
    recorder.run("list", "tools", url, "-H", header)
    recorder.run("call", url, "alumia_get_balance", "-H", header)
    recorder.run("call", url, "alumia_get_balance", "--protocol", "2025-11-25", "--json", "-H", header)
    calls(url, header)
    server.terminate()
    server.wait()
    # A server starts once, the commands again and again.
    recorder.outputs.append(recorder.outputs.pop(0))


def main():
    [program] = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        recorder = Recorder(program, pathlib.Path(folder))
        ask(recorder, program)
        # Valgrind knows no pidfd, so this run ends as one whose server is lost.
        recorder.run("list", "tools", "--", program, "serve", "alumia", "--stdio", check=False)
        order = recorder.order()
    ORDER.write_text("\n".join(order) + "\n")
    print(f"order: {len(order)} functions in {ORDER.name}")


main()
