"""An MCP server over stdio with many tools that, once they are listed, tells so many things a second by itself.

usage: chatter.py RATE TOOLS [LIMIT]
"""

import json
import sys
import threading
import time

OUT = sys.stdout.buffer
LOCK = threading.Lock()


def send(data):
    with LOCK:
        OUT.write(data)
        OUT.flush()


def line(message):
    return json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n"


def log(number):
    return line({"method": "notifications/message", "params": {
        "level": "info", "logger": "chatter", "data": {"n": number, "text": "what has happened"}}})


def tell(rate, limit):
    """A hundredth of a second's worth at a time, so that the machine's clock does not matter."""
    told, due = 0, time.monotonic()
    while told < limit:
        count = min(max(1, rate // 100), limit - told)
        send(b"".join(log(told + i) for i in range(count)))
        told += count
        due += count / rate
        time.sleep(max(0, due - time.monotonic()))


def tool(number):
    return {"name": f"tool_{number}", "description": f"Does thing number {number}",
            "inputSchema": {"type": "object", "properties": {"a": {"type": "string"}}}}


def main(rate, tools, limit):
    for text in sys.stdin:
        message = json.loads(text)
        method, number = message.get("method"), message.get("id")
        if number is None:
            continue
        if method == "initialize":
            send(line({"id": number, "result": {
                "protocolVersion": "2025-06-18", "capabilities": {"tools": {}, "logging": {}},
                "serverInfo": {"name": "chatter", "version": "1"}}}))
        elif method == "tools/list":
            send(line({"id": number, "result": {"tools": [tool(i) for i in range(tools)]}}))
            if rate > 0:
                threading.Thread(target=tell, args=(rate, limit), daemon=True).start()
        else:
            send(line({"id": number, "error": {"code": -32601, "message": "no such method"}}))


main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 10 ** 9)
