"""What signing in costs: all of it from registration to the first call against a system that asks nobody, and what
looking at a token adds to a call.
"""

import base64
import hashlib
import http.client
import json
import statistics
import tempfile
import time
import urllib.parse

from .serving import CALL, CONNECTIONS, OPENING, REVISION, Listening, message

REDIRECT = "http://127.0.0.1:9/callback"
RESOURCE_METADATA = "/.well-known/oauth-protected-resource/mcp"
SERVER_METADATA = "/.well-known/oauth-authorization-server"


def measure(board):
    with tempfile.TemporaryDirectory() as folder:
        with Listening(board, folder, "--consent", "auto", "--token-life", "86400") as server:
            whole(board, server)
            token = Caller(server).token()
            checked(board, server, token, folder)


def whole(board, server):
    times = []
    for _ in range(board.rounds(30)):
        caller = Caller(server)
        start = time.perf_counter()
        caller.token()
        caller.opens()
        times.append(time.perf_counter() - start)
    board.budget("registration, PKCE, token and first call", statistics.median(times) * 1000, 60, "ms",
                 note=f"{min(times) * 1000:.1f} to {max(times) * 1000:.1f} ms on one connection")


def checked(board, server, token, folder):
    """The same call to the same program, once with the token and once where callers need none. Answers to calls
    without a token stand in the same audit."""
    with Listening(board, f"{folder}/open", "--callers", "all") as free:
        known = server.session(token)
        fields = {"Mcp-Session-Id": free.session("none")["Mcp-Session-Id"]}
        shown, bare = server.post("tools/call", CALL, known), free.post("tools/call", CALL, fields)
        pairs = []
        for _ in range(board.rounds(9)):
            pairs.append((server.cost(board, shown, CONNECTIONS, 1.5), free.cost(board, bare, CONNECTIONS, 1.5)))
    with_token, without = min(one for one, _ in pairs), min(one for _, one in pairs)
    board.budget("what looking at a token adds to a call", (with_token / without - 1) * 100, 5, "%",
                 note=f"{with_token * 1e6:.1f} and {without * 1e6:.1f} µs of processor time a call")


class Caller:
    """A client that signs in over one connection, its person's consent not asked for."""

    def __init__(self, server):
        self.base = f"http://{server.address[0]}:{server.address[1]}"
        self.connection = http.client.HTTPConnection(*server.address)
        self.shown = ""

    def send(self, method, path, body=None, fields=None):
        self.connection.request(method, path, body, fields or {})
        answer = self.connection.getresponse()
        return answer, answer.read()

    def form(self, path, items):
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return json.loads(self.send("POST", path, urllib.parse.urlencode(items), kind)[1])

    def token(self):
        self.send("GET", RESOURCE_METADATA)
        self.send("GET", SERVER_METADATA)
        wanted = {"client_name": "bench", "redirect_uris": [REDIRECT], "token_endpoint_auth_method": "none",
                  "grant_types": ["authorization_code", "refresh_token"]}
        registered = self.send("POST", "/register", json.dumps(wanted), {"Content-Type": "application/json"})
        client = json.loads(registered[1])["client_id"]
        verifier = base64.urlsafe_b64encode(hashlib.sha256(client.encode()).digest()).rstrip(b"=").decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {"response_type": "code", "client_id": client, "redirect_uri": REDIRECT, "state": "s",
                 "code_challenge": challenge, "code_challenge_method": "S256", "resource": f"{self.base}/mcp"}
        answer, _ = self.send("GET", "/authorize?" + urllib.parse.urlencode(asked))
        items = urllib.parse.parse_qs(urllib.parse.urlparse(answer.getheader("Location")).query)
        given = self.form("/token", {
            "grant_type": "authorization_code", "code": items["code"][0], "client_id": client,
            "redirect_uri": REDIRECT, "code_verifier": verifier, "resource": f"{self.base}/mcp"})
        self.shown = given["access_token"]
        return self.shown

    def opens(self):
        answer, body = self.send("POST", "/mcp", message("initialize", OPENING), {
            "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
            "MCP-Protocol-Version": REVISION, "Authorization": f"Bearer {self.shown}"})
        assert answer.status == 200, body
