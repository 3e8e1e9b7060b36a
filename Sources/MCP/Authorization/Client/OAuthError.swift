import HTTPCore
package import JSON

/// An error of an authorization server in its own words, which are foreign text.
package struct OAuthError: Sendable, Hashable {
  package var code: String
  package var description: String?
  package var uri: String?

  package init(_ code: String, description: String? = nil, uri: String? = nil) {
    self.code = code
    self.description = description
    self.uri = uri
  }

  package init?(_ json: JSON?) {
    guard let json else { return nil }
    // Some servers wrap it once more; others send `errors` or a bare message.
    let inner = json["error"]?.object == nil ? json : json["error"]
    guard let code = inner?["error"]?.string ?? inner?["code"]?.string else { return nil }
    self.init(
      code,
      description: (inner?["error_description"] ?? inner?["message"] ?? json["detail"])?.string,
      uri: inner?["error_uri"]?.string)
  }

  package init?(form items: [(String, String)]) {
    func value(_ name: String) -> String? { items.first { $0.0 == name }?.1 }
    guard let code = value("error"), !code.isEmpty else { return nil }
    self.init(code, description: value("error_description"), uri: value("error_uri"))
  }

  /// `invalid_grant: the code has expired`.
  package var words: String {
    guard let description, !description.isEmpty else { return code }
    return "\(code): \(description)"
  }
}
