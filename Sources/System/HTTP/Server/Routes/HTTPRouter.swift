package import EventLoop
package import HTTPCore

/// Hands each request to the route of its path, past the guard against foreign hosts and pages.
@LoopActor
package final class HTTPRouter {
  private let origins: OriginGuard
  private var plain: [String: [HTTPRoute]] = [:]
  private var patterns: [HTTPRoute] = []

  package init(_ origins: OriginRule) { self.origins = OriginGuard(origins) }

  /// Of several rows for one path and method the first counts.
  package func add(_ routes: [HTTPRoute]) {
    for route in routes {
      if route.pattern.isPlain {
        plain[route.pattern.text, default: []].append(route)
      } else {
        patterns.append(route)
      }
    }
  }

  /// The route of a head that nothing stands in the way of.
  private final class Found {
    let route: HTTPRoute
    init(_ route: HTTPRoute) { self.route = route }
  }

  package func handle(_ request: HTTPServerRequest, _ responder: HTTPResponder) {
    if let found = request.notes.note(of: self, as: Found.self) {
      return found.route.handler(request, responder)
    }
    find(request, responder)
  }

  private func find(_ request: HTTPServerRequest, _ responder: HTTPResponder) {
    let (rows, variables) = rows(of: request.path)
    if let origin = request.headers["Origin"] {
      let isOver = share(request, rows, origin, responder)
      if isOver { return }
    }
    guard let route = rows.first(where: { $0.answers(request.method) }) else {
      return refuse(request, rows, responder)
    }
    if !route.refusesItself,
      let reason = origins.refusal(of: request.headers, minding: route.readers)
    {
      return responder.refuse(403, reason)
    }
    guard !variables.isEmpty else {
      // What a page is told goes to each answer anew.
      if request.headers["Origin"] == nil { request.notes.set(Found(route), of: self) }
      return route.handler(request, responder)
    }
    var request = request
    request.variables = variables
    route.handler(request, responder)
  }

  private func rows(of path: Substring) -> ([HTTPRoute], [String: String]) {
    if let rows = plain[String(path)] { return (rows, [:]) }
    for route in patterns {
      guard let variables = route.pattern.variables(of: path) else { continue }
      return (patterns.filter { $0.pattern == route.pattern }, variables)
    }
    return ([], [:])
  }

  private func refuse(
    _ request: HTTPServerRequest, _ rows: [HTTPRoute], _ responder: HTTPResponder
  ) {
    guard !rows.isEmpty else { return responder.refuse(404, "There is nothing at this path.") }
    let allowed = Self.methods(rows)
    if request.method == "OPTIONS" {
      return responder.respond(status: 204, headers: ["Allow": allowed])
    }
    responder.refuse(405, "\(request.method) is not answered here.", ["Allow": allowed])
  }

  private static func methods(_ rows: [HTTPRoute]) -> String {
    rows.flatMap(\.methods).joined(separator: ", ")
  }

  // MARK: - Pages of other sites

  /// Tells a browser who may read the answer; true where its preliminary question was the whole request.
  private func share(
    _ request: HTTPServerRequest, _ rows: [HTTPRoute], _ origin: String,
    _ responder: HTTPResponder
  ) -> Bool {
    let wanted = request.headers["Access-Control-Request-Method"]
    let isQuestion = request.method == "OPTIONS" && wanted != nil
    let method = isQuestion ? wanted ?? "" : request.method
    let route = rows.first { $0.methods.contains(method) } ?? rows.first
    let readers = route?.readers ?? .admittedPages
    guard readers != .ownPages,
      origins.refusal(of: request.headers, minding: readers) == nil
    else {
      if isQuestion { responder.refuse(403, "Pages of \(origin) may not call this.") }
      return isQuestion
    }
    var fields = CrossOrigin.fields(origin, readers)
    guard isQuestion, !rows.isEmpty else {
      responder.add(fields)
      return false
    }
    fields = fields.overlaid(with: CrossOrigin.answer(to: request, methods: Self.methods(rows)))
    responder.respond(status: 204, headers: fields)
    return true
  }
}

/// What a browser is told about an answer that a page of another site has asked for.
enum CrossOrigin {
  /// Headers of ours that a page may read besides the few that it always may.
  private static let readable =
    "Mcp-Session-Id, MCP-Protocol-Version, WWW-Authenticate, Retry-After, Allow"

  static func fields(_ origin: String, _ readers: HTTPRoute.Readers) -> HTTPFields {
    var fields: HTTPFields = ["Access-Control-Expose-Headers": readable]
    fields["Access-Control-Allow-Origin"] = readers == .anyPage ? "*" : origin
    if readers != .anyPage { fields["Vary"] = "Origin" }
    return fields
  }

  /// Whoever may call may send any header: what they say is checked where they are read.
  static func answer(to request: HTTPServerRequest, methods: String) -> HTTPFields {
    var fields: HTTPFields = [
      "Access-Control-Allow-Methods": methods, "Access-Control-Max-Age": "7200",
    ]
    fields["Access-Control-Allow-Headers"] = request.headers["Access-Control-Request-Headers"]
    if request.headers["Access-Control-Request-Private-Network"] == "true" {
      fields["Access-Control-Allow-Private-Network"] = "true"
    }
    return fields
  }
}

extension HTTPResponder {
  /// A refusal in a sentence.
  package func refuse(_ status: Int, _ sentence: String, _ fields: HTTPFields = HTTPFields()) {
    respond(
      status: status,
      headers: fields.overlaid(with: ["Content-Type": "text/plain; charset=utf-8"]),
      body: Array((sentence + "\n").utf8))
  }
}
