/// A media type: `text/event-stream; charset=utf-8`.
package struct MediaType: Sendable, Hashable {
  package let type: String
  package let subtype: String
  package let parameters: HTTPFields

  /// Lower-cased type and subtype; nil where there is no `type/subtype` to find. Broken parameters are dropped.
  package init?(_ text: String) {
    var scanner = FieldScanner(text)
    scanner.skipBlanks()
    guard let type = scanner.token(), scanner.take("/"), let subtype = scanner.token() else {
      return nil
    }
    self.type = type.asciiLowercased
    self.subtype = subtype.asciiLowercased
    parameters = scanner.parameters()
  }

  /// `type/subtype`, without parameters.
  package var essence: String { "\(type)/\(subtype)" }

  package var isJSON: Bool {
    essence == "application/json" || essence == "text/json" || subtype.hasSuffix("+json")
  }

  package var isEventStream: Bool { essence == "text/event-stream" }

  /// The lower-cased charset, if the sender names one.
  package var charset: String? { parameters["charset"]?.asciiLowercased }
}
