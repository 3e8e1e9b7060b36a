package import HTTPCore
import SafeText

/// The key that a request shows, and in which header.
package struct PresentedKey: Sendable {
  /// A header that can carry a key.
  package enum Carrier: String, Sendable, Hashable, CaseIterable {
    case bearer = "Authorization"
    case apiKey = "x-api-key"
    case mcpAPIKey = "X-MCP-API-Key"
  }

  package let carrier: Carrier
  let text: Secret

  /// Whether it looks like a key of that system, good or not.
  package func begins(as system: KeySystem) -> Bool {
    let family = system.live.prefix { $0 != "_" }
    return text.reveal().hasPrefix("\(family)_")
  }

  /// The first of the carriers that is there. A header that stands there twice shows nothing: nobody knows which counts.
  package static func find(
    in fields: HTTPFields, carriers: [Carrier] = Carrier.allCases
  ) -> PresentedKey? {
    for carrier in carriers {
      guard let value = fields.only(carrier.rawValue) else { continue }
      if carrier != .bearer { return PresentedKey(carrier: carrier, text: Secret(value)) }
      guard let token = token(afterScheme: value) else { continue }
      return PresentedKey(carrier: carrier, text: Secret(token))
    }
    return nil
  }

  private static func token(afterScheme value: String) -> String? {
    let bytes = value.utf8
    guard let end = bytes.index(bytes.startIndex, offsetBy: 7, limitedBy: bytes.endIndex),
      String(value[..<end]).equalsIgnoringASCIICase("Bearer ")
    else { return nil }
    return String(value[(bytes[end...].firstIndex { $0 != 0x20 } ?? bytes.endIndex)...])
  }
}
