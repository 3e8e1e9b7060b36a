package import JSON

/// The arguments of a tool or prompt as words: `key=value` typed by the schema, `key:=json` as it stands.
package struct ArgumentAssignments: Equatable, Sendable {
  package enum Value: Equatable, Sendable {
    case text(String)
    case json(JSON)
  }

  /// Why a word is no argument, in a sentence.
  package struct Problem: Error, Equatable, Sendable {
    package let sentence: String
    package let hint: String?
  }

  package private(set) var assignments: [(key: String, value: Value)] = []

  package static func == (left: ArgumentAssignments, right: ArgumentAssignments) -> Bool {
    left.assignments.elementsEqual(right.assignments) { $0.key == $1.key && $0.value == $1.value }
  }

  package init(_ words: [String]) throws(Problem) {
    for word in words { assignments.append(try Self.read(word)) }
  }

  package var keys: [String] { assignments.map(\.key) }

  private static func read(_ word: String) throws(Problem) -> (String, Value) {
    guard let equals = word.firstIndex(of: "="), equals > word.startIndex else {
      throw Problem(
        sentence: "'\(word)' is no argument", hint: "write key=value, or key:=JSON for exact JSON")
    }
    let value = String(word[word.index(after: equals)...])
    let name = word[..<equals]
    guard name.hasSuffix(":"), name.count > 1 else { return (String(name), .text(value)) }
    do {
      return (String(name.dropLast()), .json(try JSON.parse(value)))
    } catch {
      throw Problem(
        sentence: "the value of '\(name.dropLast())' is no JSON: \(error.description)",
        hint: "a plain text is written \(name.dropLast())=text")
    }
  }

  /// Lays the words over what `--args` gave. A key that comes more than once fills an array, where one is wanted.
  ///
  /// `isForced` whether a word that the schema has no reading for goes as it stands.
  package func applied(
    to base: JSONObject, schema: JSON?, isForced: Bool = false
  ) throws(Problem) -> JSONObject {
    let words = TypedWords(schema)
    var slots: [ArgumentReadings.Slot] = []
    var misfit: Problem?
    for (key, value) in assignments {
      let path = words.path(of: key)
      var readings: [JSON] =
        switch value {
        case .json(let json): [json]
        case .text(let text): words.readings(of: text, at: path)
        }
      if readings.isEmpty, case .text(let text) = value {
        readings = [.string(text)]
        misfit = misfit ?? words.problem(text, for: key, at: path)
      }
      slots.append(ArgumentReadings.Slot(key: key, path: path, readings: readings))
    }
    let (object, fits) = ArgumentReadings(slots: slots, base: base, schema: schema).best()
    // What the schema says of a word alone is not all that it says.
    if let misfit, !isForced, !fits() { throw misfit }
    return object
  }

  static func laid(
    _ json: JSON, at path: ArraySlice<String>, over object: JSONObject, appending: Bool
  ) -> JSONObject {
    var result = object
    guard let key = path.first else { return result }
    let old = object[key]
    if path.count == 1 {
      result[key] = appending ? append(json, to: old) : json
    } else {
      result[key] = .object(
        laid(json, at: path.dropFirst(), over: old?.object ?? JSONObject(), appending: appending))
    }
    return result
  }

  private static func append(_ json: JSON, to before: JSON?) -> JSON {
    guard let before else { return json }
    return .array((before.array ?? [before]) + (json.array ?? [json]))
  }
}
