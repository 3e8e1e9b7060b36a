import AuthorizationServer
import Keys
import MockBackend
import Operations

/// A list that is asked for, and how far that is.
struct Held<Item: Sendable & Hashable>: Sendable, Hashable {
  enum Phase: Sendable, Hashable {
    case unasked, asked, here
    case failed(String)
  }

  private(set) var phase = Phase.unasked
  private(set) var items: [Item] = []
  private(set) var revision = 0

  mutating func ask() { if phase != .here { phase = .asked } }

  mutating func take(_ new: [Item]) {
    phase = .here
    guard new != items || revision == 0 else { return }
    items = new
    revision += 1
  }

  mutating func fail(_ sentence: String) { phase = .failed(sentence) }

  func item(_ index: Int?) -> Item? {
    index.flatMap { items.indices.contains($0) ? items[$0] : nil }
  }
}

/// What the operator's lists hold.
struct OfficeState: Sendable, Hashable {
  var approvals = Held<Approval>()
  var keys = Held<APIKey>()
  var consents = Held<StoredConsent>()
  var faults = Held<FaultSwitch>()
  /// A key that was made just now: shown until its view is left.
  var minted: MintedText?
}

/// A new key in the one moment in which it can be seen.
package struct MintedText: Sendable, Hashable {
  package let text: String
  package let name: String
  package let prefix: String

  package init(text: String, name: String, prefix: String) {
    self.text = text
    self.name = name
    self.prefix = prefix
  }
}

/// A fault of one running system and whether it is switched on.
package struct FaultSwitch: Sendable, Hashable {
  package let system: String
  package let id: String
  package let title: String
  package let place: String
  package let isOn: Bool
  /// It is switched for servers of other programs, through their folder.
  package let isElsewhere: Bool

  package init(
    system: String, id: String, title: String, place: String, isOn: Bool, isElsewhere: Bool
  ) {
    self.system = system
    self.id = id
    self.title = title
    self.place = place
    self.isOn = isOn
    self.isElsewhere = isElsewhere
  }
}
