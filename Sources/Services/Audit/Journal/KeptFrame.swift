import JSON
import SafeText

/// What is kept of a frame: its words with secrets masked, and what it is found by.
struct KeptFrame {
  var method = ""
  var rpcID = ""
  var body: [UInt8] = []

  /// A frame that is too large leaves its size alone: masking half a document would not be sure to find its secrets.
  init(_ frame: JournalFrame, _ limits: JournalLimits) {
    guard frame.body.count <= limits.bytesEach, !frame.body.isEmpty else { return }
    do { read(try JSON.parse(frame.body)) } catch {
      body = Array(Redaction.text(String(decoding: frame.body, as: UTF8.self)).utf8)
    }
  }

  private mutating func read(_ json: JSON) {
    method = json["method"]?.string ?? ""
    rpcID = json["id"].map { $0.string ?? $0.compact } ?? ""
    body = json.masked.compactBytes
  }
}
