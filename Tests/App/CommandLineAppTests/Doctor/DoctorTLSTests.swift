import CommandLineApp
import EventLoop
import ScriptedServer
import TestSupport
import Testing

/// Certificates that do not count, each presented for real.
@LoopActor
@Suite(
  .inTurns,
  .enabled(if: TLSServer.isAvailable, "openssl is not installed, so no TLS server can be started"))
struct DoctorTLSTests {
  nonisolated static let rows: [(row: DoctorRow, kind: TLSServer.Certificate, flags: String)] = [
    (
      DoctorRow("self-signed", "tls-self-signed", "certificate", "localhost", "--cacert"), .valid,
      ""
    ),
    (
      DoctorRow(
        "for another host", "tls-wrong-name", "127.0.0.1", "DNS:localhost",
        words: ["https://127.0.0.1:PORT/mcp", "--cacert", "CERT"]), .valid, ""
    ),
    (
      DoctorRow("expired", "tls-expired", "2020", "clock", words: ["HERE", "--cacert", "CERT"]),
      .expired, ""
    ),
    (
      DoctorRow(
        "of the future", "tls-not-yet-valid", "2048", "clock", words: ["HERE", "--cacert", "CERT"]),
      .notYetValid, ""
    ),
    (DoctorRow("by nobody", "tls-unknown-issuer", "Nobody", "--cacert"), .unknownIssuer, ""),
    (
      DoctorRow("for clients", "tls-untrusted", "--cacert", words: ["HERE", "--cacert", "CERT"]),
      .wrongPurpose, ""
    ),
    (
      DoctorRow(
        "wanted from the client", "tls-client-certificate", "--cert",
        words: ["HERE", "--cacert", "CERT"]), .valid, "-Verify 1 -verify_return_error"
    ),
    (
      DoctorRow(
        "a file that is not there", "tls-bad-file", code: .usage, "/nowhere/ca.pem", "--cacert",
        words: ["HERE", "--cacert", "/nowhere/ca.pem"]), .valid, ""
    ),
    (
      DoctorRow(
        "not looked at", "tls-insecure", status: "warning", "--cacert",
        words: ["HERE", "--insecure"]),
      .valid, ""
    ),
  ]

  @Test(arguments: rows.indices)
  func `a certificate that does not count is shown with its remedy`(index: Int) async throws {
    var (row, kind, flags) = Self.rows[index]
    let server = try await TLSServer(kind, flags: flags)
    row.words = row.words.map {
      $0.replacing("PORT", with: "\(server.port)").replacing("CERT", with: server.certificate)
    }
    try await row.check(at: "https://localhost:\(server.port)/mcp", #_sourceLocation)
  }

  nonisolated static let plain = DoctorRow(
    "plain http behind https", "tls-handshake", "plain http", "http://127.0.0.1")

  @Test func `the wrong scheme is known, and the right one tried`() async throws {
    let server = try ScriptedServer { connection in
      _ = await connection.read()
      await connection.answer("400 Bad Request")
    }
    try await Self.plain.check(
      at: server.url("/mcp").replacing("http:", with: "https:"), #_sourceLocation)
  }
}
