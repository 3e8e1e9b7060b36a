import JSON
import MCPProtocol

/// The binary parts of an answer.
struct ResultBlob: Sendable, Hashable {
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
    return parts.prefix(most).compactMap { part in
      let inner = part["resource"] ?? part
      guard let text = (part["data"] ?? inner["blob"])?.string,
        let bytes = Base64Text.decode(text)
      else { return nil }
      return ResultBlob(
        mimeType: inner["mimeType"]?.string ?? "", uri: inner["uri"]?.string ?? "", bytes: bytes)
    }
  }
}
