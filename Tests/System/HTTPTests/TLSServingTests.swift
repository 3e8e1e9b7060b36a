import EventLoop
import HTTPCore
import ScriptedServer
import TestSupport
import Testing

@testable import HTTP

@LoopActor
@Suite(
  .inTurns,
  .timeLimit(.minutes(15)),
  .enabled(if: TLSServer.isAvailable, "openssl is not installed, so there is no certificate"))
struct TLSServingTests {
  private let local = ListenAddress(hosts: [.ipv4(IPv4Address(bits: 0x7F00_0001))], port: 0)
  private let files = CertificateFiles()

  private func serving(_ handler: @escaping HTTPServer.Handler) async throws -> HTTPServer {
    try await files.make()
    let identity = try TLSIdentity(certificate: files.certificate, key: files.key)
    return try HTTPServer.start(listen: local, identity: identity, handler: handler)
  }

  private func request(_ port: UInt16, _ body: [UInt8] = []) throws -> HTTPRequest {
    var options = HTTPRequestOptions()
    options.tls.authorities = files.certificate
    return HTTPRequest(
      body.isEmpty ? "GET" : "POST", try WebURL("https://localhost:\(port)/"), body: body,
      options: options)
  }

  @Test func `big bodies go through both ways on one kept connection`() async throws {
    let server = try await serving { $1.respond(status: 200, body: $0.body.reversed()) }
    defer { server.stop() }
    let client = HTTPClient()
    defer { client.close() }
    let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    for _ in 0..<3 {
      let exchange = client.send(try request(server.port, body))
      #expect(try await exchange.head().status == 200)
      #expect(try await exchange.body() == body.reversed())
    }
    #expect(server.requests == 3 && server.connectionCount == 1)
  }

  @Test func `an event stream goes out piece by piece and ends in order`() async throws {
    let server = try await serving { _, responder in
      responder.begin(status: 200, headers: ["Content-Type": "text/event-stream"])
      for number in 0..<3 { responder.write(Array("data: \(number)\n\n".utf8)) }
      responder.finish()
    }
    defer { server.stop() }
    let client = HTTPClient()
    defer { client.close() }
    let exchange = client.send(try request(server.port))
    #expect(
      String(decoding: try await exchange.body(), as: UTF8.self)
        == "data: 0\n\ndata: 1\n\ndata: 2\n\n")
  }

  @Test func `who does not speak TLS is let go`() async throws {
    let server = try await serving { $1.respond(status: 200) }
    defer { server.stop() }
    let peer = try ScriptedConnection.open(toPort: Int(server.port))
    await peer.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    #expect(await !peer.readAll().contains("HTTP/1.1"))
    #expect(server.requests == 0)
  }

  @Test func `files that are no certificate and key are told in a sentence`() async throws {
    try await files.make()
    let other = CertificateFiles()
    try await other.make()
    let rows = [
      (files.certificate, "/nowhere/key.pem", "'/nowhere/key.pem' cannot be read: no such file"),
      (files.key, files.key, "the certificate '\(files.key)' cannot be used"),
      (files.certificate, files.certificate, "the key '\(files.certificate)' cannot be used"),
      (files.certificate, other.key, "the key '\(other.key)' cannot be used: key values mismatch"),
    ]
    for (certificate, key, words) in rows {
      let error = #expect(throws: TLSIdentityError.self) {
        try TLSIdentity(certificate: certificate, key: key)
      }
      #expect(error?.description.hasPrefix(words) == true, "\(error?.description ?? "")")
    }
  }
}

/// A certificate for `localhost` and its key, made for a test.
final class CertificateFiles: Sendable {
  let folder = Shell.temporaryFolder()
  var certificate: String { folder + "/cert.pem" }
  var key: String { folder + "/key.pem" }

  func make() async throws {
    let recipe = TLSServer.recipe(.valid, in: folder)
    let code = try await LoopActor.loop.blocking { Shell.run(recipe) }
    guard code == 0 else { throw TLSServer.Unavailable() }
  }

  deinit { _ = Shell.run("rm -r \(folder)") }
}
