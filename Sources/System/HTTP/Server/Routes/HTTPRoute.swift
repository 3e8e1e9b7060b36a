/// What answers at one path of a server, by method.
package struct HTTPRoute: Sendable {
  package typealias Handler = HTTPServer.Handler

  /// Pages of which sites a browser may let read the answer.
  package enum Readers: Sendable, Hashable {
    /// Any page: a public document, or something that asks for a credential of its own.
    case anyPage
    /// Pages that the server's origin rule admits.
    case admittedPages
    /// None but the server's own.
    case ownPages
  }

  package let pattern: PathPattern
  /// HEAD goes where GET does.
  package let methods: [String]
  package let readers: Readers
  /// The handler refuses foreign hosts, pages and methods in words of its own.
  package let refusesItself: Bool
  package let handler: Handler

  package init(
    _ methods: [String], _ path: String, readers: Readers = .admittedPages,
    refusesItself: Bool = false, handler: @escaping Handler
  ) {
    pattern = PathPattern(path)
    self.methods = methods
    self.readers = readers
    self.refusesItself = refusesItself
    self.handler = handler
  }

  package static func get(
    _ path: String, readers: Readers = .admittedPages, handler: @escaping Handler
  ) -> HTTPRoute { HTTPRoute(["GET"], path, readers: readers, handler: handler) }

  package static func post(
    _ path: String, readers: Readers = .admittedPages, handler: @escaping Handler
  ) -> HTTPRoute { HTTPRoute(["POST"], path, readers: readers, handler: handler) }

  func answers(_ method: String) -> Bool {
    refusesItself || methods.contains(method) || method == "HEAD" && methods.contains("GET")
  }
}
