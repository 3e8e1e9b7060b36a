import HTTPCore
import JSON
import Transports

extension HTTPRefusal {
  /// What the server answered, as one clause. Its words are foreign text.
  package var sentence: String {
    "the server answered HTTP \(status)\(name)\(pause)" + (words.map { ": \($0)" } ?? "")
  }

  private var name: String {
    let reason = HTTPStatus.reason(status)
    return reason.hasPrefix("Status ") ? "" : " (\(reason))"
  }

  private var pause: String {
    guard let wait = headers["Retry-After"], !wait.isEmpty else { return "" }
    return wait.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
      ? ", to be tried again after \(wait) s" : ", to be tried again after \(wait)"
  }

  /// What the server says for a person to read: in its challenge, or in its body.
  package var words: String? { challengeWords ?? jsonWords ?? textWords }

  private var challengeWords: String? {
    let bearer = AuthChallenges(headers.all("WWW-Authenticate"))["Bearer"]
    guard let bearer else { return nil }
    let scopes = bearer.scopes.map { "scope \($0.joined(separator: " "))" }
    let parts = [bearer["error_description"] ?? bearer["error"], scopes].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private static let wordyMembers = ["error_description", "message", "detail", "title", "error"]

  private var jsonWords: String? {
    let holder = json?["error"]?.object == nil ? json : json?["error"]
    return Self.wordyMembers.lazy.compactMap { holder?[$0]?.string }.first { !$0.isEmpty }
  }

  /// The first line of a plain text; a page of HTML says nothing in its first lines.
  private var textWords: String? {
    guard json == nil, headers["Content-Type"]?.lowercased().contains("html") != true else {
      return nil
    }
    let line = body.prefix(Self.longestWords).split { $0 == 0x0A || $0 == 0x0D }
      .first { line in line.contains { $0 > 0x20 } }
    guard let line, line.first != UInt8(ascii: "<") else { return nil }
    return String(decoding: line, as: UTF8.self)
  }

  private static let longestWords = 300

  /// A refusal of the name or page under which the server was asked, not of who asks.
  var isAboutAddress: Bool {
    guard status == 403 || status == 421 else { return false }
    let said = (words ?? "").lowercased()
    return status == 421 || said.contains("origin") || said.contains("host")
  }

  /// Whether other credentials are what is missing.
  package var isAboutAccess: Bool {
    challenge != nil || (status == 403 && !isAboutAddress)
  }
}
