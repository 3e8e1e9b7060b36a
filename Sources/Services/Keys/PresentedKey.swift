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
      let values = fields.all(carrier.rawValue)
      guard values.count == 1, let value = values.first else { continue }
      if carrier != .bearer { return PresentedKey(carrier: carrier, text: Secret(value)) }
      let scheme = value.prefix(7)
      guard scheme.equalsIgnoringASCIICase("Bearer ") else { continue }
      let token = value.dropFirst(7).drop { $0 == " " }
      return PresentedKey(carrier: carrier, text: Secret(String(token)))
    }
    return nil
  }
}
