import JSON
import MCPProtocol
import Operations

/// What an error of JSON-RPC behind the door tells: a row.
struct RPCErrorCause: Sendable {
  /// An error as it came, and what it came in answer to.
  struct Answer {
    let code: Int
    let message: String
    let data: JSON?
    let method: String
    /// The HTTP status that carried it.
    let status: Int?
    let isStateless: Bool

    func says(_ words: String...) -> Bool { words.contains(where: message.contains) }
  }

  let id: String
  let cause: String
  let fix: String
  let fits: @Sendable (Answer) -> Bool
  /// Members of the error's data that prove it.
  var proofs: [String] = []

  init(
    _ id: String, _ cause: String, fix: String, proofs: [String] = [],
    fits: @escaping @Sendable (Answer) -> Bool
  ) {
    (self.id, self.cause, self.fix, self.proofs, self.fits) = (id, cause, fix, proofs, fits)
  }

  /// The first that fits, `nil` where the code is the server's own.
  static func of(_ failure: OperationFailure, isStateless: Bool) -> RPCErrorCause? {
    guard let error = failure.details["error"], let code = error["code"]?.int else {
      return nil
    }
    let answer = Answer(
      code: code, message: error["message"]?.string?.lowercased() ?? "", data: error["data"],
      method: failure.details["method"]?.string ?? "", status: failure.details["status"]?.int,
      isStateless: isStateless)
    return all.first { $0.fits(answer) }
  }

  func evidence(in failure: OperationFailure) -> [Finding.Evidence] {
    proofs.compactMap { name in
      failure.details["error"]?["data"]?[name].map { .init(name, String($0.compact.prefix(200))) }
    }
  }

  /// In the order in which they are looked for: the narrower first. Codes of release candidates of 2026-07-28 count where
  /// the server speaks it; before it they were anybody's.
  static let all: [RPCErrorCause] = [
    RPCErrorCause(
      "header-mismatch", "the Mcp-* headers and the message disagree where the server reads them",
      fix:
        "a proxy strips or rewrites Mcp-* headers, or the tool's schema has changed: let them pass unchanged, and compare with those shown here"
    ) { $0.code == -32020 || $0.code == -32001 && $0.isStateless && $0.says("header", "mcp-") },
    RPCErrorCause(
      "capability-missing", "the server wants a capability that was not declared to it",
      fix:
        "call it where somebody can answer: in the window, or with --answers FILE and --root DIR; a server must not ask for more than it needs",
      proofs: ["requiredCapabilities"]
    ) {
      $0.code == -32021 || $0.code == -32003 && $0.data?["requiredCapabilities"]?.object != nil
    },
    RPCErrorCause(
      "revision-refused-later", "the server does not take the revision that was agreed on",
      fix: "name one that it has with --protocol; several instances must be of one release",
      proofs: ["supported", "requested"]
    ) { $0.code == -32022 || $0.code == -32004 && $0.data?["supported"]?.array != nil },
    RPCErrorCause(
      "page-needed", "the server wants a page opened in a browser first",
      fix: "call the tool in the window, which shows the host before it opens it, then again",
      proofs: ["elicitations"]
    ) { $0.code == -32042 },
    RPCErrorCause(
      "session-unknown", "the server does not know the session any more", fix: Check.lossRemedy
    ) { [-32000, -32001].contains($0.code) && $0.says("session") },
    RPCErrorCause(
      "server-timed-out", "the server gave up waiting for what is behind it",
      fix:
        "look at what is behind the server: -32001 is how older SDKs tell a time-out of their own"
    ) { $0.code == -32001 && $0.says("timed out", "timeout", "time out") },
    RPCErrorCause(
      "upstream-closed", "what is behind the server has closed its connection",
      fix: "look at the program that the server, or a gateway before it, starts or connects to"
    ) { $0.code == -32000 && $0.says("connection closed", "not connected", "disconnected") },
    RPCErrorCause(
      "resource-not-found", "the server lists a resource that it does not find",
      fix: "look at the URI as it is listed: it must be readable as it stands", proofs: ["uri"]
    ) { $0.method == "resources/read" && [-32002, -32602].contains($0.code) },
    RPCErrorCause(
      "frame-refused", "the server could not read the message",
      fix: "a proxy may change bodies, or the server wants a batch or none: the bundle holds it"
    ) { [-32700, -32600].contains($0.code) && [nil, 200, 400].contains($0.status) },
    RPCErrorCause(
      "arguments-refused", "the server refuses arguments that the schema allows",
      fix:
        "name what is needed in inputSchema.required; a tool's own failure is a result with isError"
    ) { $0.code == -32602 },
    RPCErrorCause(
      "method-missing", "the server declares what it does not have",
      fix: "leave the capability out, or add the method"
    ) { $0.code == -32601 },
  ]
}

extension Examination {
  /// The row of an error that came over the open connection.
  func rpcCause(of failure: OperationFailure) -> RPCErrorCause? {
    RPCErrorCause.of(failure, isStateless: attempt.connection?.facts.era == .stateless)
  }

  /// What failed behind the door: named by its error where that is known, else as `id`.
  func finding(
    _ status: Finding.Status, _ id: String, _ check: String, of failure: OperationFailure,
    evidence: [Finding.Evidence] = [], fix: String
  ) -> Finding {
    let cause = rpcCause(of: failure)
    let headers = cause?.id == "header-mismatch" ? sentHeaders : []
    return Finding(
      status, cause?.id ?? id, check: check,
      cause.map { "\(failure.sentence): \($0.cause)" } ?? failure.sentence,
      evidence: evidence + self.evidence(of: failure) + headers
        + (cause?.evidence(in: failure) ?? []),
      fix: cause?.fix ?? remedy(for: failure) ?? failure.hint ?? fix, kind: failure.kind)
  }

  /// The headers that tell a proxy what the message holds, as they were sent.
  private var sentHeaders: [Finding.Evidence] {
    let headers = attempt.exchanges.last?["requestHeaders"]?.object?.members ?? []
    return headers.filter { $0.key.lowercased().hasPrefix("mcp-") }.map {
      .init("sent", "\($0.key): \($0.value.string ?? $0.value.compact)")
    }
  }
}
