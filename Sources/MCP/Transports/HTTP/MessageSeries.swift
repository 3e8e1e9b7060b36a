import HTTPCore
import JSON

/// The messages in a text where one should stand: one, or several in a row, and whatever follows them.
struct MessageSeries {
  struct Item {
    let reading: JSONReading
    let bytes: [UInt8]
  }

  private(set) var items: [Item] = []
  /// What follows the last message and is none.
  private(set) var rest: [UInt8] = []

  /// Each further message costs a copy of what is left.
  private static let limit = 100

  init(_ reading: JSONReading, _ bytes: [UInt8]) {
    items = [Item(reading: reading, bytes: bytes)]
  }

  /// Nil where the text is broken within its first value, or that is no message.
  init?(_ bytes: [UInt8], after error: JSONError) {
    guard case .expected(.nothing, _) = error.problem else { return nil }
    var rest = bytes[...]
    while items.count < Self.limit {
      rest = rest.drop { $0.isBlank || $0 == 0 }
      let text = MessageText(rest)
      guard case .message(let reading) = text.outcome else { break }
      items.append(Item(reading: reading, bytes: text.bytes))
      rest = rest.dropFirst(text.bytes.count)
    }
    if items.isEmpty { return nil }
    self.rest = Array(rest)
  }

  var holdsAnswer: Bool { items.contains { $0.reading.value.holdsAnswer } }
}

extension JSON {
  /// Whether an answer is in it, in a batch too.
  fileprivate var holdsAnswer: Bool {
    array?.contains(where: \.isAnswer) ?? isAnswer
  }

  private var isAnswer: Bool { self["result"] != nil || self["error"] != nil }

  /// Whether the answer in it is to another question than that one. One without an id is to the question at hand.
  func isAnswer(toOtherThan id: JSON?) -> Bool {
    guard let id, isAnswer, let mine = self["id"]?.idText else { return false }
    return mine != id.idText
  }

  private var idText: String? { string ?? number?.text }
}

extension ServerSentEvent {
  /// Its type, where that is not the one in which messages come.
  var foreignType: String? { type == "message" ? nil : type }
}
