import HTTPCore
import JSON

/// An answer as it goes out.
struct WebAnswer: Sendable {
  var status = 200
  var fields: HTTPFields
  var body: [UInt8]

  /// Nothing of this server may lie in a cache: it is about tokens, or about who is asking.
  private static let unkept: HTTPFields = ["Cache-Control": "no-store", "Pragma": "no-cache"]

  static func json(_ json: JSON, status: Int = 200, fields: HTTPFields = HTTPFields()) -> WebAnswer
  {
    WebAnswer(
      status: status,
      fields: unkept.overlaid(with: ["Content-Type": "application/json"]).overlaid(with: fields),
      body: json.compactBytes)
  }

  static func text(_ text: String, status: Int, fields: HTTPFields = HTTPFields()) -> WebAnswer {
    WebAnswer(
      status: status,
      fields: unkept.overlaid(with: ["Content-Type": "text/plain; charset=utf-8"])
        .overlaid(with: fields), body: Array((text + "\n").utf8))
  }

  static func empty(status: Int = 200) -> WebAnswer {
    WebAnswer(status: status, fields: unkept, body: [])
  }

  static func redirect(to location: String, fields: HTTPFields = HTTPFields()) -> WebAnswer {
    WebAnswer(
      status: 302,
      fields: unkept.overlaid(with: ["Location": location, "Referrer-Policy": "no-referrer"])
        .overlaid(with: fields), body: [])
  }

  static func refusal(_ refusal: Refusal) -> WebAnswer {
    json(refusal.json, status: refusal.status, fields: refusal.fields)
  }
}
