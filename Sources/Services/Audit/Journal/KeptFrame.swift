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
    do { read(try JSONDocument(frame.body)) } catch {
      body = Array(Redaction.text(String(decoding: frame.body, as: UTF8.self)).utf8)
    }
  }

  private mutating func read(_ document: JSONDocument) {
    method = document.root["method"]?.string ?? ""
    rpcID =
      document.root["id"].map { $0.string ?? String(decoding: $0.rawBytes, as: UTF8.self) } ?? ""
    body = document.maskedBytes
  }
}
