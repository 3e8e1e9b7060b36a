package import HTTPCore

/// Status line and header fields of an answer.
package struct HTTPResponseHead: Sendable, Hashable {
  package let status: Int
  package let reason: String
  package let fields: HTTPFields

  package init(status: Int, reason: String = "", fields: HTTPFields = [:]) {
    self.status = status
    self.reason = reason
    self.fields = fields
  }

  package var isSuccess: Bool { (200..<300).contains(status) }

  package var mediaType: MediaType? { fields["Content-Type"].flatMap(MediaType.init) }
}

/// What is known about an exchange beside its contents.
package struct HTTPFacts: Sendable, Hashable {
  package var timings = HTTPTimings()
  /// The address that was connected to, of the proxy where there is one.
  package var peer: String?
  /// `1.1` or `2`.
  package var version: String?
  package var proxy: ProxyChoice?
  /// The connection had been used before.
  package var isReused = false
  /// Certificates were not checked.
  package var isInsecure = false
  package var requestSize = 0
  /// Header and body as they crossed the wire, before decompression.
  package var responseSize = 0
  package var certificates: [CertificateFacts] = []

  package init() {}
}

/// When each step of an exchange was done, counted from its start; nil for steps that did not happen.
package struct HTTPTimings: Sendable, Hashable {
  package var nameLookup: Duration?
  package var connected: Duration?
  package var secured: Duration?
  package var firstByte: Duration?
  package var total: Duration?

  package init() {}
}

/// A certificate a server showed.
package struct CertificateFacts: Sendable, Hashable {
  package let subject: String
  package let issuer: String
  package let validFrom: String
  package let validUntil: String
  package let names: String

  package init(
    subject: String, issuer: String, validFrom: String, validUntil: String, names: String
  ) {
    self.subject = subject
    self.issuer = issuer
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.names = names
  }
}
