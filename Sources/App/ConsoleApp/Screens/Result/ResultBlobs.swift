import Crypto
import JSON
import MCPProtocol
import TerminalCore
import Widgets

/// The binary parts of an answer.
package struct ResultBlob: Sendable, Hashable {
  let mimeType: String
  /// The URI that it came under, where there is one.
  let uri: String
  let bytes: [UInt8]

  /// The name it gets by itself when it is written.
  var fileName: String {
    let own = uri.split(separator: "/").last.map(String.init) ?? ""
    let isPlain = own.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0))
    }
    if !own.isEmpty, isPlain, !own.hasPrefix(".") { return own }
    let kind = mimeType.split(separator: "/").last.map(String.init) ?? ""
    let isWord = !kind.isEmpty && kind.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return "blob.\(isWord ? kind : "bin")"
  }
}

extension ResultBlob {
  /// The binary of one part of an answer; nil where it has none that can be read.
  init?(_ part: JSON) {
    guard let text = (part["data"] ?? part["blob"])?.string, let bytes = Base64Text.decode(text)
    else { return nil }
    self.init(
      mimeType: part["mimeType"]?.string ?? "", uri: part["uri"]?.string ?? "", bytes: bytes)
  }

  /// What it is in a line: its type, its size, and that of the picture that it is.
  var facts: String {
    let picture = PictureFacts(bytes).map { "\($0.format)  \($0.width)x\($0.height)" }
    let type = mimeType.isEmpty ? "of unknown type" : mimeType
    return [picture, "\(bytes.count) bytes", type].compactMap(\.self).joined(separator: "  ")
  }

  var digest: String {
    do throws(CryptoError) {
      return "sha-256 " + Hexadecimal.text(try CryptoLibrary.load().sha256(bytes))
    } catch {
      return "sha-256 unknown: \(error)"
    }
  }

  /// By the end of a name the system finds the program for a file: it follows what the content is, and never a server's name for it.
  private static let suffixes: [String: String] = [
    "image/svg+xml": "svg", "image/tiff": "tiff", "image/avif": "avif", "audio/wav": "wav",
    "audio/x-wav": "wav", "audio/mpeg": "mp3", "audio/mp3": "mp3", "audio/ogg": "ogg",
    "audio/flac": "flac", "audio/mp4": "m4a", "audio/webm": "weba", "video/mp4": "mp4",
    "video/webm": "webm", "application/pdf": "pdf", "text/plain": "txt", "text/csv": "csv",
    "application/json": "json", "application/zip": "zip",
  ]

  var outsideName: String {
    let type = mimeType.split(separator: ";").first.map { $0.lowercased() } ?? ""
    let picture = PictureFacts(bytes)?.format.lowercased()
    return "alidade." + (picture ?? Self.suffixes[type] ?? "bin")
  }
}

/// The keys that the view of an answer names.
struct ResultKeys: Sendable, Hashable {
  let write: String
  let open: String
  let all: String

  init(_ state: ConsoleState) {
    (write, open) = (state.key(of: "output.write"), state.key(of: "result.outside"))
    all = state.key(of: "result.all")
  }

  func hint(of blobs: [ResultBlob]) -> ResultLine {
    ResultLine(
      "\(write) writes \(blobs.count > 1 ? "them" : "it") to a file, \(open) opens outside", .dim)
  }
}

enum ResultBlobs {
  private static let most = 20

  /// The text of a resource as its bytes.
  static func text(of result: JSON) -> ResultBlob? {
    result["contents"]?.array?.first.flatMap { part in
      part["text"]?.string.map { text in
        ResultBlob(
          mimeType: part["mimeType"]?.string ?? "", uri: part["uri"]?.string ?? "",
          bytes: Array(text.utf8))
      }
    }
  }

  static func of(_ result: JSON) -> [ResultBlob] {
    let parts = (result["content"]?.array ?? []) + (result["contents"]?.array ?? [])
    return parts.prefix(most).compactMap { ResultBlob($0["resource"] ?? $0) }
  }
}
