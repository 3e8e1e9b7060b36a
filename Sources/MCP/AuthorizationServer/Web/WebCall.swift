import HTTP
import HTTPCore

/// One request to the authorization server, taken apart.
struct WebCall: Sendable {
  let request: HTTPServerRequest
  /// The issuer that this request has spoken to.
  let base: String
  let query: Parameters
  /// What was posted as a form; empty for other bodies.
  let form: Parameters

  init(_ request: HTTPServerRequest, base: String) {
    self.request = request
    self.base = base
    query = Parameters(FormEncoding.decode(request.query ?? ""))
    let type = request.headers["Content-Type"].flatMap(MediaType.init)?.essence
    let isForm = type == "application/x-www-form-urlencoded"
    form = Parameters(
      isForm ? FormEncoding.decode(String(decoding: request.body, as: UTF8.self)) : [])
  }

  /// Without the query, as a proof of possession names it.
  var url: String { base + String(request.path) }

  func cookie(_ name: String) -> String? {
    for line in request.headers.all("Cookie") {
      for part in line.split(separator: ";") {
        let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
        if pair.count == 2, pair[0] == name { return String(pair[1]) }
      }
    }
    return nil
  }
}

/// Named values of a query or a form. A value that is empty counts as not sent.
struct Parameters: Sendable {
  let items: [(String, String)]

  init(_ items: [(String, String)]) { self.items = items.filter { !$0.1.isEmpty } }

  subscript(_ name: String) -> String? { items.first { $0.0 == name }?.1 }

  func all(_ name: String) -> [String] { items.filter { $0.0 == name }.map(\.1) }

  /// A name that stands twice though it may not: then nobody knows which value counts.
  var repeated: String? {
    var seen: Set<String> = []
    return items.map(\.0).first { !seen.insert($0).inserted && !Self.lists.contains($0) }
  }

  private static let lists: Set<String> = ["resource", "audience"]
}
