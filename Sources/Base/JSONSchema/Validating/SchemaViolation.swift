package import JSON

/// One thing an instance has that its schema does not want: where, by which keyword, and why.
package struct SchemaViolation: Sendable, Hashable {
  /// The way one alternative of `anyOf` or `oneOf` failed.
  package struct Branch: Sendable, Hashable {
    /// Its place in the list, from 0.
    package let index: Int
    package let title: String?
    package let violations: [SchemaViolation]
  }

  package enum Problem: Sendable, Hashable {
    case type(expected: [SchemaType], found: SchemaType)
    case constant(expected: JSON)
    case enumeration(allowed: [JSON], found: JSON)
    case multiple(of: String, found: String)
    case more(than: String, found: String, isExclusive: Bool)
    case less(than: String, found: String, isExclusive: Bool)
    case length(Int, Bound)
    case items(Int, Bound)
    case members(Int, Bound)
    case pattern(String)
    case slowPattern(String)
    case format(String)
    case equalItems(Int, Int)
    case contains(found: Int, Bound)
    case missing(String)
    case dependent(missing: String, on: String)
    case name(String)
    case nothingAllowed
    case noAlternative(count: Int)
    case severalAlternatives([Int])
    case ruledOut
    case unresolved(String)
    case aborted(SchemaAbort)
  }

  package enum Bound: Sendable, Hashable {
    case atLeast(Int)
    case atMost(Int)
  }

  package let path: [InstanceStep]
  package let keyword: String
  /// The way through the schema, references included, as a JSON Pointer.
  package let keywordLocation: String
  /// Where the keyword stands, where its schema has a URI.
  package let absoluteLocation: String?
  package let problem: Problem
  /// For alternatives: why each of them failed. For a name: what is wrong with it.
  package let branches: [Branch]
  /// The branch that came closest, as an index into `branches`.
  package let closest: Int?

  /// The schema's fault, which says nothing about the instance.
  package var isUndecided: Bool {
    switch problem {
    case .unresolved, .aborted: true
    default: false
    }
  }

  package var instancePointer: String { path.pointer }
}
