import Crypto
import EventLoop
import HTTPCore
import JSON
import ScriptedServer
import TestSupport
import Testing

@testable import Authorization

/// The answer of a browser, on real sockets.
@LoopActor @Suite(.inTurns) struct LoopbackConsentTests {
  private let clock = LoopActor.loop.clock

  private func consent(redirect: String) throws -> PendingConsent {
    try PendingConsent(
      at: try WebURL("https://auth.example.com/authorize"),
      server: DiscoveredServer(
        issuer: "https://auth.example.com",
        metadata: ServerMetadata(.server("https://auth.example.com")), resource: "https://h/mcp"),
      client: "c", redirect: redirect, resource: nil,
      scope: ScopeChoice(
        given: Scopes(), challenge: nil, before: nil,
        at: DiscoveredServer(
          issuer: "", metadata: ServerMetadata(.server("https://a")), resource: "")),
      key: nil, crypto: try CryptoLibrary.load())
  }

  private func get(_ path: String, port: Int, method: String = "GET") async throws -> String {
    let browser = try ScriptedConnection.open(toPort: port)
    await browser.write(
      "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\r\n")
    return await browser.readAll()
  }

  /// Opens, asks, and does what the test does once the page is shown.
  private func played(
    _ settings: LoopbackConsent.Settings = .init(), preferring: [String] = [],
    onShow play: @escaping @LoopActor (PendingConsent, Int) async throws -> Void = { _, _ in },
    typed: LoopbackConsent.Typed? = nil
  ) async throws -> (answer: Result<[(String, String)], AuthorizationFailure>, redirect: String) {
    let place = LoopbackConsent(settings, clock: clock, typed: typed) { consent, port in
      Task { @LoopActor in
        do { try await play(consent, Int(port)) } catch { Issue.record(error) }
      }
    }
    let redirect = try await place.open(preferring: preferring)
    defer { place.close() }
    let consent = try consent(redirect: redirect)
    do throws(AuthorizationFailure) {
      return (.success(try await place.ask(consent)), redirect)
    } catch {
      return (.failure(error), redirect)
    }
  }

  @Test func `the first answer to the question counts, and nothing listens after it`() async throws
  {
    var port = 0
    let run = try await played { consent, listening in
      port = listening
      let state = consent.url.queryItems.first { $0.0 == "state" }?.1 ?? ""
      #expect(try await get("/favicon.ico", port: listening).hasPrefix("HTTP/1.1 404"))
      #expect(try await get("/callback?code=x", port: listening).hasPrefix("HTTP/1.1 400"))
      #expect(
        try await get("/callback?code=x&state=other", port: listening).hasPrefix("HTTP/1.1 400"))
      #expect(
        try await get("/callback?code=x&state=\(state)", port: listening, method: "POST")
          .hasPrefix("HTTP/1.1 404"))
      let page = try await get("/callback?code=c1&state=\(state)", port: listening)
      #expect(page.hasPrefix("HTTP/1.1 200"))
      #expect(page.contains("Cache-Control: no-store") && page.contains("frame-ancestors 'none'"))
      #expect(!page.contains("c1") && !page.contains("<script"))
    }
    let items = try run.answer.get()
    #expect(items.first { $0.0 == "code" }?.1 == "c1")
    #expect(run.redirect == "http://127.0.0.1:\(port)/callback")
    await #expect(throws: (any Error).self) {
      for _ in 0..<50 {
        _ = try await get("/", port: port)
        try await clock.sleep(for: .milliseconds(20))
      }
    }
  }

  @Test func `a second answer is turned away`() async throws {
    let run = try await played { consent, port in
      let state = consent.url.queryItems.first { $0.0 == "state" }?.1 ?? ""
      let both = try ScriptedConnection.open(toPort: port)
      let line = "GET /callback?code=%@&state=\(state) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n"
      let second = try ScriptedConnection.open(toPort: port)
      await both.write(line.replacing("%@", with: "first"))
      _ = await both.read(until: "\r\n\r\n")
      await second.write(line.replacing("%@", with: "second"))
      let answer = await second.readAll()
      #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400"))
    }
    #expect(try run.answer.get().first { $0.0 == "code" }?.1 == "first")
  }

  @Test(arguments: [
    "http://127.0.0.1:1/callback?code=typed&state=STATE", "?code=typed&state=STATE",
    "code=typed&state=STATE", "  http://127.0.0.1:1/callback?code=typed&state=STATE#x  ",
  ])
  func `an address that the user pastes is as good`(line: String) async throws {
    var lines: [String] = []
    var state = ""
    let run = try await played(
      onShow: { consent, _ in
        state = consent.url.queryItems.first { $0.0 == "state" }?.1 ?? ""
      },
      typed: {
        while state.isEmpty { await Task.yield() }
        defer { lines.append("") }
        return lines.isEmpty ? line.replacing("STATE", with: state) : nil
      })
    #expect(try run.answer.get().first { $0.0 == "code" }?.1 == "typed")
  }

  @Test func `a pasted address of another sign-in ends it`() async throws {
    var lines = ["http://127.0.0.1:1/callback?code=x&state=old"]
    let run = try await played(typed: { lines.isEmpty ? nil : lines.removeFirst() })
    guard case .failure(.stateMismatch) = run.answer else {
      Issue.record("\(run.answer)")
      return
    }
  }

  /// A port that was free a moment ago; others may take it, so a test asks for more than one.
  private func freePort() throws -> Int {
    let server = try ScriptedServer { _ in }
    defer { server.stop() }
    return server.port
  }

  @Test func `a fixed port is taken, and one that is taken is told`() async throws {
    let other = try ScriptedServer { _ in }
    var settings = LoopbackConsent.Settings(port: UInt16(other.port))
    settings.limit = .milliseconds(1)
    await #expect(throws: AuthorizationFailure.self) { _ = try await played(settings) }
    for _ in 0..<20 {
      let port = try freePort()
      settings.port = UInt16(port)
      do {
        #expect(try await played(settings).redirect == "http://127.0.0.1:\(port)/callback")
        return
      } catch { continue }
    }
    Issue.record("no port was free")
  }

  @Test func `the port of the registration is taken again where it is free`() async throws {
    var settings = LoopbackConsent.Settings()
    settings.limit = .milliseconds(1)
    var isTaken = false
    for _ in 0..<20 where !isTaken {
      let known = "http://localhost:\(try freePort())/callback"
      isTaken = try await played(settings, preferring: [known]).redirect == known
    }
    #expect(isTaken)
    let taken = try ScriptedServer { _ in }
    let other = try await played(
      settings, preferring: ["http://127.0.0.1:\(taken.port)/callback"])
    #expect(!other.redirect.contains("\(taken.port)"))
  }

  @Test func `nobody's answer is told after the time limit`() async throws {
    var settings = LoopbackConsent.Settings()
    settings.limit = .milliseconds(1)
    guard case .failure(.noAnswer) = try await played(settings).answer else {
      Issue.record("somebody answered")
      return
    }
  }

  @Test func `whoever is told to stop waits no more`() async throws {
    let waiting = Task { @LoopActor in
      try await played(onShow: { _, _ in }).answer
    }
    while !waiting.isCancelled { waiting.cancel() }
    guard case .failure(.interrupted) = try await waiting.value else {
      Issue.record("it waits on")
      return
    }
  }
}
