package import HTTPCore
package import JSON

/// An HTTP answer that is no success.
package struct HTTPRefusal: Sendable, Hashable {
  package var status: Int
  package var headers: HTTPFields
  /// At most its first MiB.
  package var body: [UInt8]
  /// The body's value where it is JSON, whatever its content type says.
  package var json: JSON?

  package init(status: Int, headers: HTTPFields, body: [UInt8], json: JSON?) {
    self.status = status
    self.headers = headers
    self.body = body
    self.json = json
  }
}
