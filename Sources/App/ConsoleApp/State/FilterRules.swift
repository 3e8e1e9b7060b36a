import JSON

/// Filters that stand beside the typed one: each lets through or keeps out, and can be switched off.
struct FilterRules: Sendable, Hashable {
  struct Rule: Sendable, Hashable {
    var text: String
    var isExcluding = false
    var isOn = true

    /// As titles write it: `+tools`, `-ping`.
    var words: String { (isExcluding ? "-" : "+") + text }
  }

  static let most = 50

  var rules: [Rule] = []
  /// One of those that let through is enough; otherwise all of them must.
  var takesAny = false

  var isInForce: Bool { rules.contains(where: \.isOn) }

  /// What holds now, for the title of the list.
  var words: String {
    let on = rules.filter(\.isOn).map(\.words).joined(separator: " ")
    return takesAny && rules.count { $0.isOn && !$0.isExcluding } > 1 ? on + " (any)" : on
  }

  func matcher(_ source: ListSource) -> Matcher {
    func filters(_ isExcluding: Bool) -> [ListFilter] {
      rules.filter { $0.isOn && $0.isExcluding == isExcluding }
        .compactMap { Self.filter($0.text, source) }
    }
    return Matcher(letsThrough: filters(false), keepsOut: filters(true), takesAny: takesAny)
  }

  /// Nil for a text that is no filter of that list.
  static func filter(_ text: String, _ source: ListSource) -> ListFilter? {
    do throws(FilterProblem) { return try ListFilter(text, source) } catch { return nil }
  }

  /// The rules that are on, ready to be asked.
  struct Matcher {
    let letsThrough: [ListFilter]
    let keepsOut: [ListFilter]
    let takesAny: Bool

    func matches(
      _ index: Int, _ source: ListSource, _ state: ConsoleState, _ screen: Screen
    ) -> Bool {
      func holds(_ filter: ListFilter) -> Bool { filter.matches(index, source, state, screen) }
      if keepsOut.contains(where: holds) { return false }
      if letsThrough.isEmpty { return true }
      return takesAny ? letsThrough.contains(where: holds) : letsThrough.allSatisfy(holds)
    }
  }
}

/// Rules as they are kept between runs.
extension FilterRules {
  var json: JSON {
    [
      "any": .bool(takesAny),
      "rules": .array(
        rules.map { rule -> JSON in
          ["text": .string(rule.text), "out": .bool(rule.isExcluding), "on": .bool(rule.isOn)]
        }),
    ]
  }

  init(_ json: JSON?) {
    takesAny = json?["any"]?.bool ?? false
    rules = (json?["rules"]?.array ?? []).prefix(Self.most).compactMap { item in
      item["text"]?.string.map {
        Rule(
          text: $0, isExcluding: item["out"]?.bool ?? false, isOn: item["on"]?.bool ?? true)
      }
    }
  }
}
