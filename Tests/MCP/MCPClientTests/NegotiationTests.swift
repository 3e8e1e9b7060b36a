import HTTPCore
import JSON
import JSONRPC
import MCPClient
import MCPProtocol
import TestSupport
import Testing
import Transports

/// A conversation told as what came back, and the steps that must follow.
private func check(
  _ route: NegotiationRoute, wish: NegotiationWish = .automatic,
  remembered: NegotiationVerdict? = nil, _ observations: NegotiationObservation..., ends: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let offer = NegotiationOffer(
    stateless: [.v20260728], handshake: [.v20251125, .v20250618, .v20250326, .v20241105])
  var negotiation = Negotiation(offer: offer, wish: wish, route: route, remembered: remembered)
  var told = [told(negotiation.step)]
  for observation in observations {
    told.append(MCPClientTests.told(negotiation.observe(observation)))
    if case .authorize = negotiation.step { told.append(MCPClientTests.told(negotiation.resume())) }
  }
  #expect(told.joined(separator: " | ") == ends, sourceLocation: sourceLocation)
  #expect(negotiation.evidence.count == observations.count, sourceLocation: sourceLocation)
}

private func told(_ step: NegotiationStep) -> String {
  switch step {
  case .discover(let version, _): "discover \(version)"
  case .initialize(let version, let way): "initialize \(version) \(way)"
  case .authorize(let challenge): "authorize \(challenge.status)"
  case .settled(let verdict):
    "settled \(verdict.version)" + (verdict.usesLegacyStream ? " sse" : "")
  case .failed(let failure): "failed: \(failure)"
  }
}

private func supports(_ versions: String...) -> NegotiationObservation {
  .result(["supportedVersions": .array(versions.map(JSON.string)), "capabilities": [:]])
}

private func answered(_ version: String) -> NegotiationObservation {
  .result(["protocolVersion": .string(version), "capabilities": [:]])
}

private func error(_ code: Int, _ data: JSON? = nil) -> NegotiationObservation {
  .rejected(RPCError(code: RPCErrorCode(rawValue: code), message: "no", data: data))
}

private func http(
  _ status: Int, _ code: Int? = nil, data: JSON? = nil, headers: HTTPFields = HTTPFields()
) -> NegotiationObservation {
  var json: JSON?
  if let code {
    var object: JSONObject = ["code": .number(JSONNumber(code)), "message": "no"]
    object["data"] = data
    json = ["jsonrpc": "2.0", "id": "server-error", "error": .object(object)]
  }
  return .refused(HTTPRefusal(status: status, headers: headers, body: [], json: json))
}

@Suite(.inTurns) struct NegotiationOnProcessTests {
  @Test func `a stateless server keeps the process that was probed`() {
    check(.process, supports("2026-07-28"), ends: "discover 2026-07-28 | settled 2026-07-28")
  }

  @Test func `a process that may be the worse for the probe is replaced`() {
    for observation in [
      NegotiationObservation.timedOut(.seconds(10)), .silent(.seconds(1)), .unusable,
      .ended(.byPeer),
    ] {
      check(
        .process, observation, answered("2025-06-18"),
        ends: "discover 2026-07-28 | initialize 2025-11-25 freshProcess | settled 2025-06-18")
    }
  }

  @Test func `a process that says it does not know the probe goes on`() {
    for observation in [
      error(-32601), error(-32602), error(-32600), error(0), .result([:]),
      .result(["supportedVersions": "2026-07-28"]), error(-32022), error(-32022, [:]),
    ] {
      check(
        .process, observation, answered("2025-06-18"),
        ends: "discover 2026-07-28 | initialize 2025-11-25 current | settled 2025-06-18")
    }
  }

  @Test func `where it cannot go on after all, a fresh one is asked the same`() {
    for observation in [
      NegotiationObservation.ended(.byPeer), .silent(.seconds(1)), .timedOut(.seconds(60)),
      .unusable, error(-32603),
    ] {
      check(
        .process, error(-32601), observation, answered("2025-06-18"),
        ends: "discover 2026-07-28 | initialize 2025-11-25 current "
          + "| initialize 2025-11-25 freshProcess | settled 2025-06-18")
    }
  }

  @Test func `a process that was silent and then refuses is given time for the probe`() {
    check(
      .process, .silent(.seconds(1)), error(-32601), supports("2026-07-28"),
      ends: "discover 2026-07-28 | initialize 2025-11-25 freshProcess | discover 2026-07-28 "
        + "| settled 2026-07-28")
  }

  @Test func `a process that does not read is not started again`() {
    check(
      .process, .unheard(.seconds(60)),
      ends: "discover 2026-07-28 | failed: the program runs, but did not read its standard input "
        + "within 60 s")
  }

  @Test func `a server that names only handshake revisions is initialized with the newest of them`()
  {
    check(
      .process, supports("2025-06-18", "2024-11-05"), answered("2025-06-18"),
      ends: "discover 2026-07-28 | initialize 2025-06-18 current | settled 2025-06-18")
    check(
      .process, error(-32022, ["supported": ["2025-03-26"], "requested": "2026-07-28"]),
      answered("2025-03-26"),
      ends: "discover 2026-07-28 | initialize 2025-03-26 current | settled 2025-03-26")
  }

  @Test func `nothing in common names both sides`() {
    check(
      .process, supports("2099-01-01"),
      ends: "discover 2026-07-28 | failed: no revision in common: the server speaks 2099-01-01, "
        + "this client 2026-07-28, 2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05")
  }

  @Test func `a process that cannot be started is no evidence of an era`() {
    check(
      .process, .failed(.notOpen),
      ends: "discover 2026-07-28 | failed: the connection is not open")
  }

  @Test func `initialize refused with a stateless version leads back once`() {
    check(
      .process, .timedOut(.seconds(10)), error(-32022, ["supported": ["2026-07-28"]]),
      supports("2026-07-28"),
      ends: "discover 2026-07-28 | initialize 2025-11-25 freshProcess | discover 2026-07-28 "
        + "| settled 2026-07-28")
  }

  @Test func `a handshake refused with a list is corrected, without one the oldest is tried`() {
    check(
      .process, .timedOut(.seconds(10)),
      error(-32602, ["supported": ["2024-11-05"], "requested": "2025-11-25"]),
      answered("2024-11-05"),
      ends: "discover 2026-07-28 | initialize 2025-11-25 freshProcess "
        + "| initialize 2024-11-05 current | settled 2024-11-05")
    check(
      .process, .timedOut(.seconds(10)), error(-32602), error(-32602),
      error(-32601),
      ends: "discover 2026-07-28 | initialize 2025-11-25 freshProcess "
        + "| initialize 2024-11-05 current | discover 2026-07-28 "
        + "| failed: the server refused to initialize: no (-32602)")
  }

  @Test func `a revision never heard of is refused with its name`() {
    check(
      .process, .timedOut(.seconds(10)), answered("banana"),
      ends: "discover 2026-07-28 | initialize 2025-11-25 freshProcess | failed: no revision in "
        + "common: the server speaks banana, this client 2025-11-25, 2025-06-18, 2025-03-26, "
        + "2024-11-05")
  }
}

@Suite(.inTurns) struct NegotiationOverHTTPTests {
  @Test func `refused credentials are asked for and prove nothing`() {
    check(
      .http, http(401), supports("2026-07-28"),
      ends: "discover 2026-07-28 | authorize 401 | discover 2026-07-28 | settled 2026-07-28")
    check(
      .http, http(403, headers: ["WWW-Authenticate": "Bearer"]), error(-32601),
      answered("2025-11-25"),
      ends: "discover 2026-07-28 | authorize 403 | discover 2026-07-28 "
        + "| initialize 2025-11-25 current | settled 2025-11-25")
    check(
      .http, http(403),
      ends: "discover 2026-07-28 | failed: the server answered HTTP 403 (Forbidden)")
  }

  @Test func `faults, overload and silence are no evidence`() {
    for status in [429, 500, 502, 503, 504] {
      check(
        .http, http(status),
        ends: "discover 2026-07-28 | failed: the server answered HTTP \(status) "
          + "(\(HTTPStatus.reason(status)))")
    }
    check(
      .http, .timedOut(.seconds(10)),
      ends: "discover 2026-07-28 | failed: the server did not answer within 10 s")
  }

  @Test func `other refusals of the probe lead to initialize on the same URL`() {
    for observation in [
      http(400), http(400, -32600), http(400, -32602), http(404), http(404, -32601), http(405),
      http(406), http(415), http(422), error(-32601), error(-32603), .unusable, .result([:]),
    ] {
      check(
        .http, observation, answered("2025-11-25"),
        ends: "discover 2026-07-28 | initialize 2025-11-25 current | settled 2025-11-25")
    }
  }

  @Test func `complaints of the stateless era prove it`() {
    check(
      .http, http(400, -32020), ends: "discover 2026-07-28 | settled 2026-07-28")
    check(
      .http, http(400, -32021, data: ["requiredCapabilities": ["sampling": [:]]]),
      ends: "discover 2026-07-28 | settled 2026-07-28")
    check(
      .http, http(400, -32022, data: ["supported": ["2026-07-28"]]), supports("2026-07-28"),
      ends: "discover 2026-07-28 | discover 2026-07-28 | settled 2026-07-28")
  }

  @Test func `two refusals lead to the older two endpoints and no further`() {
    check(
      .http, http(405), http(405), answered("2024-11-05"),
      ends: "discover 2026-07-28 | initialize 2025-11-25 current "
        + "| initialize 2025-11-25 legacyStream | settled 2024-11-05 sse")
    check(
      .http, http(501), http(501), answered("2024-11-05"),
      ends: "discover 2026-07-28 | initialize 2025-11-25 current "
        + "| initialize 2025-11-25 legacyStream | settled 2024-11-05 sse")
    check(
      .http, http(404), http(404), http(404),
      ends: "discover 2026-07-28 | initialize 2025-11-25 current "
        + "| initialize 2025-11-25 legacyStream | failed: no MCP endpoint answers at this URL")
    check(
      .streamableOnly, http(404), http(404),
      ends: "discover 2026-07-28 | initialize 2025-11-25 current "
        + "| failed: the server answered HTTP 404 (Not Found)")
    check(
      .legacyStreamOnly, answered("2024-11-05"),
      ends: "initialize 2025-11-25 legacyStream | settled 2024-11-05 sse")
  }
}

@Suite(.inTurns) struct NegotiationWishTests {
  @Test func `a pin is taken or refused, never exchanged`() {
    check(
      .http, wish: .pinned(.v20250618), answered("2025-06-18"),
      ends: "initialize 2025-06-18 current | settled 2025-06-18")
    check(
      .http, wish: .pinned(.v20250618), answered("2025-03-26"),
      ends: "initialize 2025-06-18 current "
        + "| failed: the server refused 2025-06-18; it offers 2025-03-26")
    check(
      .http, wish: .pinned(.v20260728), error(-32601),
      ends: "discover 2026-07-28 | settled 2026-07-28")
    check(
      .http, wish: .pinned(.v20260728), supports("2025-11-25"),
      ends: "discover 2026-07-28 | failed: the server refused 2026-07-28; it offers 2025-11-25")
    check(
      .http, wish: .pinned(ProtocolVersion(rawValue: "1999-01-01")),
      ends: "failed: 1999-01-01 is no revision that this client speaks")
  }

  @Test func `a preference opens in its era and takes what is offered`() {
    check(
      .http, wish: .preferring(.v20251125), answered("2025-03-26"),
      ends: "initialize 2025-11-25 current | settled 2025-03-26")
  }

  @Test func `what is remembered spares the probe until it is contradicted`() {
    let legacy = NegotiationVerdict(
      era: .handshake, version: .v20250326, usesLegacyStream: false, opening: .null, way: .current)
    check(
      .process, remembered: legacy, answered("2025-03-26"),
      ends: "initialize 2025-11-25 current | settled 2025-03-26")
    check(
      .http, remembered: legacy, error(-32601), supports("2026-07-28"),
      ends: "initialize 2025-11-25 current | discover 2026-07-28 | settled 2026-07-28")
    check(
      .http, remembered: legacy, http(503),
      ends:
        "initialize 2025-11-25 current | failed: the server answered HTTP 503 (Service Unavailable)"
    )
  }
}
