import JSON
import Operations
import SafeText

/// Sending a request of the wire again, and setting messages side by side.
extension ConsoleState {
  /// The request under the cursor, or that of the response under it.
  var replayable: (Link.ID, method: String, params: JSON?)? {
    guard let entry = wireEntry?.request(in: self) else { return nil }
    do throws(JSONError) {
      let message = try JSON.parse(entry.bytes)
      return message["method"]?.string.map { (entry.link, $0, message["params"]) }
    } catch {
      return nil
    }
  }

  /// A request as text for the editor.
  func editRequest(_ method: String, _ params: JSON?, of link: Link.ID) -> [Effect] {
    var request: JSONObject = ["method": .string(method)]
    request["params"] = params
    return [.edit(EditorText(JSON.object(request).pretty, suffix: ".json"), .request(link))]
  }

  /// Sends what came back from the editor; the id is always a new one.
  mutating func send(request: JSON, to link: Link.ID) -> [Effect] {
    guard let method = request["method"]?.string else {
      return say(.warning, "not sent: it names no method")
    }
    return call(link, .raw(method, params: request["params"]))
  }

  /// The two marked messages, else the one under the cursor and the last one like it.
  var comparedMessages: (new: WireEntry, old: WireEntry)? {
    let marked = markedItems.map { wire.entries[$0] }
    if marked.count == 2 { return (marked[1], marked[0]) }
    guard let entry = wireEntry, let place = list.current else { return nil }
    let before = wire.entries[..<place].last { other in
      other.kind == entry.kind && other.method == entry.method && other.link == entry.link
        && other.subject == entry.subject
    }
    return before.map { (entry, $0) }
  }

  /// One side of a comparison: `#12` and `812` are calls, `~40` is a message.
  func side(ofComparison key: String) -> JSON? {
    guard key.hasPrefix("~") else { return callRows.first { $0.key == key }?.answer }
    guard let entry = Int(key.dropFirst()).flatMap({ shownEntry($0) }) else { return nil }
    do throws(JSONError) { return try JSON.parse(entry.bytes) } catch {
      return .string(String(decoding: entry.bytes, as: UTF8.self))
    }
  }
}

extension WireEntry {
  private static let mask = FilterNeedle(Secret.mask)

  var holdsMask: Bool { Self.mask.isFound(in: bytes) }

  /// It, or what it answers, where that is a request of ours.
  func request(in state: ConsoleState) -> WireEntry? {
    if kind == .request { return isOutgoing ? self : nil }
    guard !isOutgoing, let asked = partner.flatMap({ state.shownEntry($0) }) else { return nil }
    return asked.kind == .request && asked.isOutgoing ? asked : nil
  }
}

extension CallRecord.Order {
  /// The method that it is sent by.
  var method: String {
    switch self {
    case .tool: "tools/call"
    case .resource: "resources/read"
    case .prompt: "prompts/get"
    case .raw(let method, _): method
    }
  }
}
