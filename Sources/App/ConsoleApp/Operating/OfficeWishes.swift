package import AuthorizationServer
package import Keys
package import MockBackend

/// What the operator wants of the records: to see them, and to change them.
package enum OfficeWish: Sendable, Hashable {
  case approvals
  case decide(id: String, isApproved: Bool, reason: String)
  case keys
  case mint(KeyWish)
  case revokeKey(id: String)
  case rotateKey(id: String)
  case consents
  case revokeConsent(id: String)
  case faults
  case setFault(FaultSwitch, to: Bool)

  var isWrite: Bool {
    switch self {
    case .approvals, .keys, .consents, .faults: false
    case .decide, .mint, .revokeKey, .rotateKey, .revokeConsent, .setFault: true
    }
  }

  /// The view that shows what comes of it.
  var view: ScreenID {
    switch self {
    case .approvals, .decide: .approvals
    case .keys, .mint, .revokeKey, .rotateKey: .keys
    case .consents, .revokeConsent: .consents
    case .faults, .setFault: .faults
    }
  }
}

/// What came of it.
package enum OfficeNews: Sendable, Hashable {
  case approvals([Approval])
  case keys([APIKey])
  case minted(MintedText)
  case consents([StoredConsent])
  case faults([FaultSwitch])
  /// It is done, in a sentence.
  case done(String)
}

/// A key as a person wants it: the system, its name, what it may, when it ends.
package struct KeyWish: Sendable, Hashable {
  package let system: KeySystem
  package let name: String
  package let scopes: [String]
  /// Seconds from now on; nil for none.
  package let life: Int64?

  /// `SYSTEM NAME [SCOPES] [90d]`; a sentence where that is no wish.
  static func read(_ text: String) -> Result<KeyWish, KeyWishProblem> {
    let words = text.split(separator: " ").map(String.init)
    guard words.count >= 2 else { return .failure(.init("write SYSTEM NAME [SCOPES] [90d]")) }
    guard let system = KeySystem.named(words[0]) else {
      let names = KeySystem.all.map(\.name).joined(separator: ", ")
      return .failure(.init("\(words[0]) has no keys; there are \(names)"))
    }
    var (scopes, life): ([String], Int64?) = (system.usualScopes, nil)
    for word in words.dropFirst(2) {
      if let seconds = span(word) {
        life = seconds
      } else {
        scopes = word.split(separator: ",").map(String.init)
        let unknown = scopes.filter { !system.scopes.contains($0) }
        guard unknown.isEmpty else {
          let known = system.scopes.joined(separator: ", ")
          return .failure(.init("\(unknown[0]) is no scope of \(system.name); there are \(known)"))
        }
      }
    }
    return .success(KeyWish(system: system, name: words[1], scopes: scopes, life: life))
  }

  private static let units: [Character: Int64] = ["m": 60, "h": 3600, "d": 86_400, "w": 604_800]

  private static func span(_ word: String) -> Int64? {
    guard let unit = word.last.flatMap({ units[$0] }), let count = Int64(word.dropLast()),
      (1...100_000).contains(count)
    else { return nil }
    return count * unit
  }
}

/// Why words make no key, in a sentence.
struct KeyWishProblem: Error, Sendable, Hashable {
  let sentence: String

  init(_ sentence: String) { self.sentence = sentence }
}

/// Why the operator's wish was not met, in a sentence.
package struct OfficeRefusal: Error, Sendable, Hashable {
  package let sentence: String

  package init(_ sentence: String) { self.sentence = sentence }
}
