package import JSON

/// What a call brings, already found to fit the tool's schema.
package struct Arguments: Sendable {
  package let object: JSONObject

  package init(_ object: JSONObject) { self.object = object }

  /// Null counts as not given.
  package subscript(key: String) -> JSON? {
    guard let value = object[key], !value.isNull else { return nil }
    return value
  }

  /// Whether the caller wants the value taken away.
  package func clears(_ key: String) -> Bool { object[key]?.isNull == true }
  package func has(_ key: String) -> Bool { object[key] != nil }

  package func text(_ key: String) -> String? { self[key]?.string }
  package func integer(_ key: String) -> Int? { self[key]?.int }
  package func number(_ key: String) -> Double? { self[key]?.number?.double }
  package func flag(_ key: String) -> Bool? { self[key]?.bool }
  package func list(_ key: String) -> [String] {
    self[key]?.array?.compactMap(\.string) ?? []
  }

  package func required(_ key: String) throws(WorldError) -> String {
    guard let value = text(key) else { throw .invalid(key, "is missing") }
    return value
  }

  /// Text with something to read in it.
  package func words(_ key: String) throws(WorldError) -> String {
    let value = try required(key)
    guard value.contains(where: { !$0.isWhitespace }) else { throw .invalid(key, "is empty") }
    return value
  }

  /// Not even an empty text may come in place of words; nil where nothing came.
  package func optionalWords(_ key: String) throws(WorldError) -> String? {
    text(key) == nil ? nil : try words(key)
  }

  package func day(_ key: String) throws(WorldError) -> Day? {
    guard let text = text(key) else { return nil }
    guard let day = Day(text) else {
      throw .invalid(key, "\"\(text.prefix(40))\" is no date of the calendar; write YYYY-MM-DD")
    }
    return day
  }
}
