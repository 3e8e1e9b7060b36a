import EventLoop
import MCPProtocol
import Operations

extension Check {
  /// Whether both sides share a revision of the protocol.
  static let revision: Check = Check(
    "protocol", "Protocol",
    causes: [
      "no-shared-revision": .init("update the server or this program: no revision is shared"),
      "revision-refused": .init("leave --protocol out, or name a revision that the server has"),
      "initialize-refused": .init("read the server's words; its log may say more"),
      "unusable-answer": .init("the server's answer breaks the protocol: report it to its makers"),
      "broken-message": .init("the server's answer is no sound JSON: report it to its makers"),
      "stream-ended": .init("a proxy or load balancer cuts streams, or a worker was restarted"),
    ], layers: ["protocol", "jsonrpc", "timeout"]
  ) { examination in
    guard let facts = examination.attempt.connection?.facts else { return [] }
    let server = [facts.server?.name, facts.server?.version].compactMap { $0 }
    let evidence =
      [Finding.Evidence("server", server.joined(separator: " "))]
      + facts.evidence.map { .init("negotiation", $0) }
    return [
      revision.finding(
        .ok, "\(facts.version.rawValue) over \(facts.transport)", evidence)
    ]
  }
}
