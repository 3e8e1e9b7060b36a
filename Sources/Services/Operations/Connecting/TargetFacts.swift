import Settings

/// How a target is named to people, and by what it is known again.
package struct TargetFacts: Sendable, Hashable {
  /// As the user would write it, secrets masked.
  package let label: String
  /// `stdio` or `http`.
  package let kind: String
  package let isInsecure: Bool
  /// The words of a command line that name the target again, secrets masked.
  package let words: [String]
  /// Names the target in the memory of negotiations without telling what is in it.
  let memoryKey: String

  init(_ definition: ServerDefinition) {
    isInsecure = definition.tls.isInsecure
    if definition.command != nil {
      kind = "stdio"
      label = Masking.arguments(definition.words).joined(separator: " ")
    } else {
      kind = "http"
      label = Masking.arguments([definition.url ?? definition.name])[0]
    }
    words = ReachingWords.of(definition)
    memoryKey = Self.fingerprint(of: definition)
  }

  /// Command, arguments, directory and environment of a process; address and transport of a URL.
  private static func fingerprint(of definition: ServerDefinition) -> String {
    let environment = definition.environment.map { "\($0.name)=\($0.value)" }.sorted()
    let parts =
      definition.command == nil
      ? [definition.url ?? "", definition.transport.rawValue]
      : definition.words + [definition.directory ?? ""] + environment
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in parts.joined(separator: "\u{0}").utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return String(hash, radix: 16)
  }
}
