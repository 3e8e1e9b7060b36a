import EventLoop
import HTTP
import HTTPCore
import ScriptedServer
import TestSupport
import Testing

@LoopActor
@Suite(
  .inTurns,
  .timeLimit(.minutes(15)),
  .enabled(if: TLSServer.isAvailable, "openssl is not installed, so no TLS server can be started"))
struct TLSTests {
  private func run(
    _ server: TLSServer, host: String = "localhost", _ change: (inout TLSOptions) -> Void = { _ in }
  ) async throws -> Result<Exchange, HTTPError> {
    var options = HTTPRequestOptions()
    change(&options.tls)
    let url = try WebURL("https://\(host):\(server.port)/")
    do {
      return .success(try await Exchange.run(HTTPRequest("GET", url, options: options)))
    } catch let error as HTTPError {
      return .failure(error)
    }
  }

  private func failure(_ result: Result<Exchange, HTTPError>) -> HTTPError? {
    if case .failure(let error) = result { error } else { nil }
  }

  @Test func `certificates are judged, and shown when they fail`() async throws {
    let server = try await TLSServer()
    let selfSigned = failure(try await run(server))
    #expect(selfSigned?.failure == .tls(.selfSigned))
    #expect(selfSigned?.failure.wasNeverSent == true)
    #expect(selfSigned?.facts.certificates.first?.subject.contains("localhost") == true)
    #expect(selfSigned?.facts.certificates.first?.issuer.contains("localhost") == true)
    #expect(selfSigned?.facts.certificates.first?.validUntil.contains("GMT") == true)
    #expect(selfSigned?.facts.certificates.first?.names.contains("DNS:localhost") == true)
    #expect(
      selfSigned?.sentence.hasPrefix(
        "https://localhost:\(server.port)/ failed: the certificate of localhost:\(server.port) is self-signed"
      ) == true)

    let trusted = try await run(server) { $0.authorities = server.certificate }.get()
    #expect(trusted.head.status == 200)
    #expect(trusted.facts.timings.secured != nil)
    #expect(!trusted.facts.isInsecure)

    let otherName = failure(
      try await run(server, host: "127.0.0.1") { $0.authorities = server.certificate })
    #expect(otherName?.failure == .tls(.wrongName), "\(otherName?.detail ?? "")")

    let insecure = try await run(server, host: "127.0.0.1") { $0.isInsecure = true }.get()
    #expect(insecure.head.status == 200)
    #expect(insecure.facts.isInsecure)

    let noFile = failure(try await run(server) { $0.authorities = "/nowhere/ca.pem" })
    #expect(noFile?.failure == .tls(.badFile))
  }

  @Test func `an expired certificate is told as such`() async throws {
    let server = try await TLSServer(.expired)
    let expired = failure(try await run(server) { $0.authorities = server.certificate })
    #expect(expired?.failure == .tls(.expired))
    #expect(expired?.facts.certificates.first?.validUntil.contains("2020") == true)
  }

  @Test func `a client certificate is sent where one is given`() async throws {
    let server = try await TLSServer(flags: "-Verify 1 -verify_return_error")
    let without = failure(try await run(server) { $0.authorities = server.certificate })
    #expect(without?.failure == .tls(.clientCertificateRefused))
    let with = try await run(server) {
      $0.authorities = server.certificate
      $0.certificate = server.certificate
      $0.key = server.key
    }
    // The server knows no authority for it and says so: the certificate was shown.
    #expect(failure(with)?.detail.contains("unknown ca") == true)
    let noFile = failure(try await run(server) { $0.certificate = "/nowhere/cert.pem" })
    #expect(noFile?.failure == .tls(.badFile))
  }

  @Test func `plain and encrypted are told apart`() async throws {
    let plain = try ScriptedServer { connection in
      _ = await connection.read()
      await connection.answer("400 Bad Request")
    }
    let url = try WebURL("https://127.0.0.1:\(plain.port)/")
    let error = await #expect(throws: HTTPError.self) {
      try await Exchange.run(HTTPRequest("GET", url))
    }
    #expect(error?.failure == .tls(.handshake))
    let server = try await TLSServer()
    let other = try WebURL("http://127.0.0.1:\(server.port)/")
    let reverse = await #expect(throws: HTTPError.self) {
      try await Exchange.run(HTTPRequest("GET", other))
    }
    #expect(reverse?.failure == .notHTTP || reverse?.failure == .lostBeforeResponse)
  }
}
