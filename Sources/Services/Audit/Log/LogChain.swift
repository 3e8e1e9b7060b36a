package import Crypto
import JSON

/// How a row stands in a chain of hashes.
package enum LogLink: UInt8, Sendable, Hashable, CaseIterable {
  /// The row has no hash.
  case none
  case whole
  /// The row is not what was written.
  case changed
  /// It does not follow the row in front of it.
  case gap

  package var word: String {
    switch self {
    case .none: ""
    case .whole: "whole"
    case .changed: "changed"
    case .gap: "gap"
    }
  }
}

/// Holds the rows of an exported chain against each other, part by part.
package struct LogChain: Sendable {
  private let crypto: CryptoLibrary
  /// The hash of the last row; nil in front of the first, which may be any row of a chain.
  private var last: String?

  /// Members of an export that the hash does not cover.
  private static let outside: Set<String> = ["number", "time", "hash"]

  package init() throws(CryptoError) { crypto = try .load() }

  package mutating func take(_ lines: LogLines) -> [LogLink] {
    (0..<lines.count).map { take(lines.bytes(of: $0)) }
  }

  private mutating func take(_ line: ArraySlice<UInt8>) -> LogLink {
    let json: JSON
    do throws(JSONError) { json = try JSON.parse(Array(line)) } catch { return .none }
    guard let object = json.object, let hash = object["hash"]?.string,
      let previous = object["previous"]?.string
    else { return .none }
    defer { last = hash }
    let covered = JSONObject(
      members: object.members.filter { !Self.outside.contains($0.key) })
    let bytes = JSON.object(covered).canonicalBytes
    guard Hexadecimal.text(crypto.sha256(bytes)) == hash else { return .changed }
    return last == nil || last == previous ? .whole : .gap
  }
}
