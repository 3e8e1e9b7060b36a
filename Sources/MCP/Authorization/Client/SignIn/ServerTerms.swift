import JSON

/// What the user settled about one server against its word, kept with the sign-in for all later ones.
package struct ServerTerms: Sendable, Hashable {
  /// The authorization server, named by hand.
  package var issuer: String?
  /// What the `resource` parameter says, where it is not what the metadata says.
  package var resource: String?
  package var omitsResource = false
  /// The issuer that was taken although metadata was asked of another: this one and no further one.
  package var acceptedIssuer: String?
  package var acceptsMissingS256 = false
  package var allowsPrivate = false

  package init() {}

  /// One sentence a term, for whoever asks what was agreed to.
  package var sentences: [String] {
    var lines: [String] = []
    if let issuer { lines.append("the authorization server is \(issuer), named by hand") }
    if let resource { lines.append("resource says \(resource)") }
    if omitsResource { lines.append("resource is left out") }
    if let acceptedIssuer { lines.append("the issuer “\(acceptedIssuer)” is accepted") }
    if acceptsMissingS256 { lines.append("PKCE need not be promised") }
    if allowsPrivate { lines.append("private addresses and plain http are allowed") }
    return lines
  }
}

extension SignInWish {
  /// What was settled earlier holds where nothing else is said now.
  mutating func inherit(_ terms: ServerTerms) {
    question.issuer = question.issuer ?? terms.issuer
    if sendsResource { question.resource = question.resource ?? terms.resource }
    if terms.omitsResource, question.resource == nil { sendsResource = false }
    question.acceptedIssuer = terms.acceptedIssuer
    if terms.acceptsMissingS256 { acceptsMissingS256 = true }
    if terms.allowsPrivate { question.policy.allowsPrivate = true }
  }

  /// What is to be kept of a sign-in that went through with a server.
  func terms(with server: DiscoveredServer) -> ServerTerms {
    var terms = ServerTerms()
    terms.issuer = question.issuer
    terms.resource = question.resource
    terms.omitsResource = !sendsResource
    terms.acceptedIssuer = server.acceptedIssuer
    terms.acceptsMissingS256 = acceptsMissingS256 && !server.metadata.provesS256
    terms.allowsPrivate = question.policy.allowsPrivate
    return terms
  }
}

// MARK: - As they are kept

extension ServerTerms {
  init(_ json: JSON?) {
    issuer = json?["issuer"]?.string
    resource = json?["resource"]?.string
    omitsResource = json?["omitsResource"]?.bool ?? false
    acceptedIssuer = json?["acceptedIssuer"]?.string
    acceptsMissingS256 = json?["acceptsMissingS256"]?.bool ?? false
    allowsPrivate = json?["allowsPrivate"]?.bool ?? false
  }

  /// Nil where nothing was settled.
  var stored: JSON? {
    guard self != ServerTerms() else { return nil }
    var object: JSONObject = [:]
    object["issuer"] = issuer.map(JSON.string)
    object["resource"] = resource.map(JSON.string)
    if omitsResource { object["omitsResource"] = true }
    object["acceptedIssuer"] = acceptedIssuer.map(JSON.string)
    if acceptsMissingS256 { object["acceptsMissingS256"] = true }
    if allowsPrivate { object["allowsPrivate"] = true }
    return .object(object)
  }
}
