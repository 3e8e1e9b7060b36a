package import JSON

/// Text from a command line as the value a schema expects.
package enum SchemaCoercion {
  /// The value of the text under one of the types; nil where it is none. Without types JSON is tried, then text.
  package static func value(_ text: String, as types: [SchemaType]) -> JSON? {
    if types.isEmpty { return parsed(text) ?? .string(text) }
    if types == [.string] { return .string(text) }
    // Text is what everything could be, so it comes last.
    if let json = parsed(text), !json.isString,
      types.contains(where: { $0.matches(json, byLexeme: false) })
    {
      return json
    }
    return types.contains(.string) ? .string(text) : nil
  }

  /// The one of those values that the text means; text is what everything could be, so it comes last.
  static func value(_ text: String, among choices: [JSON]) -> JSON? {
    if let json = parsed(text), choices.contains(json) { return json }
    return choices.contains(.string(text)) ? .string(text) : nil
  }

  private static func parsed(_ text: String) -> JSON? {
    do throws(JSONError) {
      return try JSON.parse(text)
    } catch {
      return nil
    }
  }
}

extension JSON {
  fileprivate var isString: Bool { string != nil }
}
