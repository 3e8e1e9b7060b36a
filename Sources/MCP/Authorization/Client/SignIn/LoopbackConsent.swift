package import EventLoop
import HTTP
import HTTPCore

/// Waits for the browser's answer on a port of this machine, and for one that the user pastes. The first that
/// belongs to the question counts; then nothing listens any more.
@LoopActor
package final class LoopbackConsent: ConsentPlace {
  package struct Settings: Sendable {
    /// The port to listen on; nil takes that of the registration, or a free one.
    package var port: UInt16?
    package var limit = Duration.seconds(600)

    package init(port: UInt16? = nil) { self.port = port }
  }

  /// Sends the user to the page; the port is told for those who sit at another machine.
  package typealias Show = @LoopActor (_ consent: PendingConsent, _ port: UInt16) -> Void
  /// A line that the user typed; nil when there are no more.
  package typealias Typed = @LoopActor () async -> String?

  private let settings: Settings
  private let clock: any LoopClock
  private let show: Show
  private let typed: Typed?
  private var server: HTTPServer?
  private var consent: PendingConsent?
  private var answer: [(String, String)]?
  private var problem: AuthorizationFailure?
  private var answered = Latch()

  static let path = "/callback"

  package init(
    _ settings: Settings, clock: any LoopClock, typed: Typed? = nil, show: @escaping Show
  ) {
    self.settings = settings
    self.clock = clock
    self.typed = typed
    self.show = show
  }

  package func open(
    preferring redirects: [String]
  ) async throws(AuthorizationFailure) -> String {
    if let server { return Self.redirect(server.port) }
    let known = redirects.compactMap { redirect in Self.port(of: redirect).map { (redirect, $0) } }
    if let port = settings.port {
      let opened = try listen(port)
      return known.first { $0.1 == opened.port }?.0 ?? Self.redirect(opened.port)
    }
    for (redirect, port) in known {
      do throws(AuthorizationFailure) {
        _ = try listen(port)
        return redirect
      } catch {
        // Somebody else has it now; a new registration will name another.
      }
    }
    return Self.redirect(try listen(0).port)
  }

  private func listen(_ port: UInt16) throws(AuthorizationFailure) -> HTTPServer {
    var limits = HTTPServerLimits()
    limits.connections = 32
    do throws(HTTPServerError) {
      let opened = try HTTPServer.start(
        listen: .localhost(port: port), limits: limits, clock: clock
      ) { [weak self] request, responder in self?.take(request, responder) }
      server = opened
      return opened
    } catch {
      throw .cannotListen("\(error)")
    }
  }

  private static func redirect(_ port: UInt16) -> String { "http://127.0.0.1:\(port)\(path)" }

  private static func port(of redirect: String) -> UInt16? {
    do {
      let url = try WebURL(redirect)
      guard url.isLoopback, url.path == path else { return nil }
      return url.port.flatMap { UInt16(exactly: $0) }
    } catch {
      return nil
    }
  }

  // MARK: - The answer

  package func ask(
    _ consent: PendingConsent
  ) async throws(AuthorizationFailure) -> [(String, String)] {
    self.consent = consent
    (answer, problem, answered) = (nil, nil, Latch())
    show(consent, server?.port ?? 0)
    let typing = typed.map { typed in
      Task { @LoopActor in
        while let line = await typed(), !Task.isCancelled { self.take(pasted: line) }
      }
    }
    defer { typing?.cancel() }
    let isInTime = await withTaskCancellationHandler {
      await answered.wait(within: settings.limit, on: clock)
    } onCancel: {
      Task { @LoopActor in self.interrupt() }
    }
    if let problem { throw problem }
    guard isInTime, let answer else { throw .noAnswer }
    return answer
  }

  private func take(_ request: HTTPServerRequest, _ responder: HTTPResponder) {
    guard request.method == "GET", request.path == Self.path else {
      return responder.respond(status: 404, headers: ConsentPage.headers)
    }
    let items = FormEncoding.decode(request.query ?? "")
    guard let consent, consent.isAnswered(by: items), answer == nil else {
      return responder.respond(
        status: 400, headers: ConsentPage.headers, body: ConsentPage.foreign)
    }
    responder.respond(status: 200, headers: ConsentPage.headers, body: ConsentPage.done)
    finish(items)
  }

  /// The whole address that the browser could not reach, or its query.
  private func take(pasted line: String) {
    let text = line.split(separator: " ").first.map(String.init) ?? ""
    guard !text.isEmpty else { return }
    let query = text.split(separator: "?", maxSplits: 1).last ?? ""
    let items = FormEncoding.decode(query.prefix { $0 != "#" })
    guard consent?.isAnswered(by: items) == true else {
      problem = .stateMismatch
      return answered.set()
    }
    finish(items)
  }

  private func finish(_ items: [(String, String)]) {
    answer = items
    answered.set()
  }

  private func interrupt() {
    problem = problem ?? .interrupted
    answered.set()
  }

  package func close() {
    guard let server else { return }
    self.server = nil
    // What the browser is being told still reaches it.
    Task { @LoopActor in await server.drain(deadline: .seconds(2)) }
  }
}

/// What the browser shows at the end.
private enum ConsentPage {
  static let headers: HTTPFields = [
    "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
  ]

  static let done = page(
    "Back to the terminal",
    "alidade has the answer. You can close this page; the terminal says what came of it.")
  static let foreign = page(
    "Not this sign-in", "This answer belongs to another sign-in, so alidade did not take it.")

  private static func page(_ title: String, _ text: String) -> [UInt8] {
    Array(
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>\(title)</title></head>
      <body><main><h1>\(title)</h1><p>\(text)</p></main></body></html>

      """.utf8)
  }
}
