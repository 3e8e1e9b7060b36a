/// Something that reads foreign bytes, and what must hold whatever they are.
package struct FuzzSubject: Sendable {
  /// Also the name of its folder in `Tests/FuzzCorpus`.
  package let name: String
  /// Pieces of its language, which mutations put in.
  package let words: [String]
  /// What does not hold, as a sentence; nil where all is well. A trap is a finding too.
  package let objection: @Sendable (_ bytes: [UInt8]) -> String?

  package init(
    _ name: String, words: [String], objection: @escaping @Sendable ([UInt8]) -> String?
  ) {
    self.name = name
    self.words = words
    self.objection = objection
  }

  package static func named(_ name: String) -> FuzzSubject? { all.first { $0.name == name } }
}

extension FuzzSubject {
  /// Every reader of foreign bytes, a row each.
  package static let all: [FuzzSubject] = [
    .json, .jsonLines, .schema, .eventStream, .requestHead, .challenge, .uriTemplate, .url,
    .importers, .keys, .safeText, .theme,
  ]
}

/// Two readings of the same bytes, whole and in pieces, must not differ.
func differs<Reading: Equatable>(
  _ whole: Reading, _ pieces: Reading, _ what: String
) -> String? {
  whole == pieces ? nil : "\(what) differs when the bytes come in pieces: \(whole) and \(pieces)"
}
