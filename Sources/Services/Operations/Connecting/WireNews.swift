import Audit
import EventLoop
package import JSON
import MCPClient
package import SafeText
import Transports

/// What passed the wire of a connection, secrets masked; a secret of its own tells what they were.
package struct WireNews: Sendable, Hashable {
  package enum Content: Sendable, Hashable {
    case message(JSON)
    /// The facts of an HTTP exchange.
    case exchange(JSON)
    /// What is no message, in a sentence.
    case odd(String)
  }

  package var isOutgoing: Bool
  package var content: Content
  /// As it is shown.
  package var bytes: [UInt8]
  /// As it passed, where secrets were masked in it.
  package var original: Secret?
  /// Bytes that have passed; `bytes` may be the beginning of them.
  package var size: Int

  package init(
    isOutgoing: Bool, content: Content, bytes: [UInt8], original: Secret? = nil, size: Int? = nil
  ) {
    self.original = original
    self.size = size ?? bytes.count
    self.isOutgoing = isOutgoing
    self.content = content
    self.bytes = bytes
  }
}

extension WireNews {
  /// Larger messages that nobody has read are told by their method and size.
  private static let readable = 4 << 20

  init?(_ entry: TrafficEntry) {
    switch entry.content {
    case .frame(let direction, let bytes, let method):
      let isOutgoing = direction == .sent
      if let json = entry.json, bytes.count > AnswerBeginning.large {
        self = Self.beginning(of: json, bytes.count, isOutgoing: isOutgoing)
      } else {
        self = Self.frame(bytes, method: method, isOutgoing: isOutgoing)
      }
    case .http(let facts):
      let json = facts.json
      let revealed = facts.revealedJSON
      self.init(
        isOutgoing: true, content: .exchange(json), bytes: Array(json.pretty.utf8),
        original: json == revealed ? nil : Secret(revealed.compact))
    case .noise(let noise):
      let text = Redaction.text(String(decoding: noise.bytes, as: UTF8.self))
      self.init(
        isOutgoing: false, content: .odd(Redaction.text(noise.sentence)), bytes: Array(text.utf8))
    case .log, .opened, .closed: return nil
    }
  }

  /// Of a large message no more is made than its beginning: it must not be read a second time while a key waits.
  private static func beginning(of json: JSON, _ size: Int, isOutgoing: Bool) -> WireNews {
    var head: JSONObject = [:]
    for key in ["method", "id"] { head[key] = json[key] }
    if let error = json["error"] { head["error"] = AnswerBeginning.of(error) }
    if let result = json["result"] { head["result"] = ["isError": result["isError"] ?? .null] }
    if let params = json["params"] {
      head["params"] = ["name": params["name"] ?? .null, "uri": params["uri"] ?? .null]
    }
    let shown = AnswerBeginning.of(json, binary: "is left out").masked
    return WireNews(
      isOutgoing: isOutgoing, content: .message(JSON.object(head).masked),
      bytes: shown.compactBytes, size: size)
  }

  private static func frame(_ bytes: [UInt8], method: String?, isOutgoing: Bool) -> WireNews {
    guard bytes.count <= readable else {
      let head: JSON = ["method": method.map(JSON.string) ?? .null]
      return WireNews(
        isOutgoing: isOutgoing, content: .message(head), bytes: head.compactBytes,
        size: bytes.count)
    }
    do throws(JSONError) {
      let read = try JSON.readCuttingDepth(bytes).value
      let message = read.masked
      return WireNews(
        isOutgoing: isOutgoing, content: .message(message), bytes: message.compactBytes,
        original: message == read ? nil : Secret(read.compact))
    } catch {
      return WireNews(isOutgoing: isOutgoing, content: .odd("no JSON: \(error)"), bytes: bytes)
    }
  }
}
