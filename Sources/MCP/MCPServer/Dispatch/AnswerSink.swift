package import EventLoop
package import HTTPCore
import JSON
import JSONRPC

/// Where the messages of one request go: a line of a byte stream, an HTTP answer, an event stream.
@LoopActor
package protocol AnswerSink: AnyObject, Sendable {
  /// Whether an answer has a status and header fields beside it.
  var isHTTP: Bool { get }
  /// Whether so much waits for the client that what it can do without should not be added.
  var isCongested: Bool { get }
  /// A message that belongs to the request and goes before its answer.
  func tell(_ message: [UInt8])
  /// The answer; nothing follows.
  func answer(_ message: [UInt8], _ frame: AnswerFrame)
  /// There will be no answer.
  func abandon()
  /// Shows that the answer is still to come, where a silent way would be taken for a dead one.
  func hold()
  /// Lets the client come back for the rest, where the way allows it.
  func pause(retryAfter: Duration)
}

/// What HTTP puts around an answer.
package struct AnswerFrame: Sendable, Hashable {
  package var status: Int
  package var fields: HTTPFields

  package init(status: Int = 200, fields: HTTPFields = HTTPFields()) {
    self.status = status
    self.fields = fields
  }
}

/// Puts messages together without building their JSON twice.
enum MessageText {
  private static let opening = Array(#"{"jsonrpc":"2.0","id":"#.utf8)
  private static let resultKey = Array(#","result":"#.utf8)
  private static let errorKey = Array(#","error":"#.utf8)

  static func result(_ id: [UInt8], _ result: [UInt8]) -> [UInt8] { text(id, resultKey, result) }
  static func error(_ id: [UInt8], _ error: [UInt8]) -> [UInt8] { text(id, errorKey, error) }

  /// An error about a message of which at most the id is known.
  static func refusal(_ error: RPCError, id: RPCID?) -> [UInt8] {
    Self.error(id?.json.compactBytes ?? noID, error.json.compactBytes)
  }

  private static func text(_ id: [UInt8], _ key: [UInt8], _ value: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(opening.count + id.count + key.count + value.count + 2)
    bytes += opening
    bytes += id
    bytes += key
    bytes += value
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  private static let noID = Array("null".utf8)
}
