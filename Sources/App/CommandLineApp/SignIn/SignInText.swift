import JSON
import Operations
import SafeText

/// A sign-in in words.
enum SignInText {
  static func lines(_ facts: SignInFacts) -> [String] {
    let scopes = facts.granted.map { $0.isEmpty ? "none" : $0.joined(separator: " ") } ?? "not told"
    var rows = [
      ("server", facts.server), ("issuer", facts.issuer),
      ("client", facts.client.isEmpty ? "none" : "\(facts.client) (\(facts.clientSource))"),
      ("scopes", scopes), ("expires", life(facts)),
    ]
    let missing = (facts.requested ?? []).filter { !(facts.granted ?? []).contains($0) }
    if facts.granted != nil, !missing.isEmpty {
      rows.append(("refused", missing.joined(separator: " ")))
    }
    rows += facts.terms.map { ("settled", $0) }
    rows += facts.warnings.map { ("beware", $0) }
    return rows.map { pad($0.0) + SafeText($0.1).text }
  }

  /// With what stands in the token, where it can be read.
  static func tokenLines(_ facts: SignInFacts) -> [String] {
    var lines = lines(facts)
    lines.append(pad("token") + "\(SafeText(facts.tokenType).text) \(facts.token)")
    guard let claims = facts.claims?.object, let header = facts.header?.object else {
      return lines + [pad("claims") + "none to read: the token is opaque"]
    }
    lines.append("claims, not verified")
    for (object, mark) in [(header, "header."), (claims, "")] {
      for member in object.members {
        let value = member.value.string ?? member.value.compact
        lines.append("  \(SafeText(mark + member.key).text): \(SafeText(value).text)")
      }
    }
    return lines
  }

  private static func pad(_ name: String) -> String {
    name + String(repeating: " ", count: max(1, 9 - name.count))
  }

  static func life(_ facts: SignInFacts) -> String {
    let renewal = facts.isRenewable ? ", renewed by itself" : ", then sign in anew"
    guard let left = facts.secondsLeft else {
      return "not told" + (facts.isRenewable ? ", renewed when refused" : "")
    }
    return (left <= 0 ? "expired \(span(-left)) ago" : "in \(span(left))") + renewal
  }

  static func span(_ seconds: Int64) -> String {
    switch seconds {
    case ..<120: "\(seconds) s"
    case ..<7200: "\(seconds / 60) min"
    case ..<172_800: "\(seconds / 3600) h"
    default: "\(seconds / 86_400) days"
    }
  }
}
