package import HTTPCore

/// A whole request as a handler gets it.
package struct HTTPServerRequest: Sendable, Hashable {
  package let method: String
  /// Path and query as they were sent.
  package let target: String
  package let headers: HTTPFields
  package let body: [UInt8]
  /// The client's numeric address.
  package let peer: String
  /// What stands in the path in the place of a route's variables, as it was sent.
  package var variables: [String: String] = [:]

  /// For what can be told from everything but the body.
  package let notes: HeadNotes

  package init(
    method: String, target: String, headers: HTTPFields, body: [UInt8], peer: String,
    notes: HeadNotes = HeadNotes()
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
    self.peer = peer
    self.notes = notes
  }

  /// The target up to its query.
  package var path: Substring {
    let bytes = target.utf8
    return target[..<(bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex)]
  }

  /// What stands behind the question mark, nil without one.
  package var query: Substring? {
    let bytes = target.utf8
    return bytes.firstIndex(of: UInt8(ascii: "?")).map { target[bytes.index(after: $0)...] }
  }
}
