package import HTTPCore

/// A request to a metadata document or an endpoint of an authorization server.
package struct AuthorizationRequest: Sendable, Hashable {
  package var method: String
  package var url: WebURL
  package var fields: HTTPFields
  package var body: [UInt8]
  /// The name behind the URL may not lead to a private network.
  package var refusesPrivateAddresses: Bool

  package init(
    _ method: String = "GET", _ url: WebURL, fields: HTTPFields = [:], body: [UInt8] = [],
    refusesPrivateAddresses: Bool = false
  ) {
    self.method = method
    self.url = url
    self.fields = fields
    self.body = body
    self.refusesPrivateAddresses = refusesPrivateAddresses
  }
}

/// What came back for it, whole.
package struct AuthorizationAnswer: Sendable, Hashable {
  package var status: Int
  package var fields: HTTPFields
  package var body: [UInt8]

  package init(status: Int, fields: HTTPFields = [:], body: [UInt8] = []) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  package var isSuccess: Bool { (200..<300).contains(status) }
  package var mediaType: MediaType? { fields["Content-Type"].flatMap(MediaType.init) }
}

/// No answer came back.
package struct AuthorizationOutage: Error, Sendable, Hashable {
  /// One sentence.
  package var sentence: String
  /// The private address that the name led to, where that was the reason.
  package var privateAddress: String?
  /// Something answers there, but nothing that is of use: endless, or no HTTP.
  package var isUseless = false

  package init(sentence: String, privateAddress: String? = nil) {
    self.sentence = sentence
    self.privateAddress = privateAddress
  }
}

/// How one request is answered; nothing of it follows redirects.
package typealias AuthorizationOutcome = Result<AuthorizationAnswer, AuthorizationOutage>
