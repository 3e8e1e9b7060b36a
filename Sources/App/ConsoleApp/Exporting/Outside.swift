import Operations

/// Something that a program of the system is to show.
package enum Outside: Sendable, Hashable {
  /// An address of the web.
  case page(String)
  case file(ResultBlob)

  var title: String {
    switch self {
    case .page(let address): address
    case .file(let blob): blob.uri.isEmpty ? blob.facts : "\(blob.facts)  \(blob.uri)"
    }
  }

  /// What a person should know before.
  fileprivate var words: [String] {
    switch self {
    case .page(let address):
      [address, ""] + WebPage(address).warnings + ["The browser is sent there."]
    case .file(let blob):
      [
        title, blob.digest, "",
        "A server has sent it. It is written to a file that only you can read, and given to the "
          + "program that the system has for it.",
      ]
    }
  }
}

extension ConsoleState {
  /// Says what would be opened; Enter opens it.
  mutating func askToOpen(_ thing: Outside) -> [Effect] {
    overlay = .confirming(
      Confirmation(title: "Open outside", lines: thing.words, deed: .open(thing)))
    return []
  }
}
