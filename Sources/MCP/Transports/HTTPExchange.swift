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

/// The facts of one HTTP request and its answer, secrets masked.
package struct HTTPExchangeFacts: Sendable, Hashable {
  package var verb: String
  package var url: String
  package var requestHeaders: HTTPFields
  package var requestBytes: Int
  package var status: Int?
  /// As `HTTP/1.1`.
  package var version: String?
  package var responseHeaders: HTTPFields
  package var responseBytes: Int
  package var address: String?
  package var timings: HTTPTimings

  package init(
    verb: String, url: String, requestHeaders: HTTPFields, requestBytes: Int,
    status: Int? = nil, version: String? = nil, responseHeaders: HTTPFields = HTTPFields(),
    responseBytes: Int = 0, address: String? = nil, timings: HTTPTimings = HTTPTimings()
  ) {
    self.verb = verb
    self.url = url
    self.requestHeaders = requestHeaders.masked
    self.requestBytes = requestBytes
    self.status = status
    self.version = version
    self.responseHeaders = responseHeaders.masked
    self.responseBytes = responseBytes
    self.address = address
    self.timings = timings
  }
}

/// When each step of a request was done, counted from its start; nil for a step that was not taken.
package struct HTTPTimings: Sendable, Hashable {
  package var nameLookup: Duration?
  package var connect: Duration?
  package var tls: Duration?
  package var firstByte: Duration?
  package var total: Duration?
  package var isReused: Bool

  package init(
    nameLookup: Duration? = nil, connect: Duration? = nil, tls: Duration? = nil,
    firstByte: Duration? = nil, total: Duration? = nil, isReused: Bool = false
  ) {
    self.nameLookup = nameLookup
    self.connect = connect
    self.tls = tls
    self.firstByte = firstByte
    self.total = total
    self.isReused = isReused
  }
}
