import Audit
import JSON
import SafeText

/// What is shown, copied and written of a log has its secrets masked, unless a person has asked to see them: logs of other programs have them in plain.
struct AuditSecrets: Sendable {
  let isRevealing: Bool

  func shown(_ line: ArraySlice<UInt8>) -> [UInt8] {
    let bytes = Array(line)
    guard !isRevealing else { return bytes }
    do throws(JSONError) { return try JSONDocument(bytes).maskedBytes } catch {
      let text = String(decoding: bytes, as: UTF8.self)
      let masked = Redaction.text(text)
      return masked == text ? bytes : Array(masked.utf8)
    }
  }

  /// A field of a row, which may be JSON itself.
  func shown(_ text: String) -> String {
    guard !isRevealing, !text.isEmpty else { return text }
    return String(decoding: shown(Array(text.utf8)[...]), as: UTF8.self)
  }
}

extension ConsoleState {
  func audited(_ line: ArraySlice<UInt8>) -> [UInt8] {
    AuditSecrets(isRevealing: isRevealing).shown(line)
  }

  func audited(_ text: String) -> String { AuditSecrets(isRevealing: isRevealing).shown(text) }
}
