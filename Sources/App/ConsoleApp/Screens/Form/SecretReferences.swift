import EventLoop
import JSON
import JSONSchema
import Operations
import SafeText

/// Secrets of a call that are named and not written: `$NAME` in a secret field is that variable of the environment.
enum SecretReferences {
  /// The order as it is sent, and its arguments as the history may keep them; nil where they hold no secret.
  @LoopActor
  static func fill(
    _ order: CallRecord.Order, _ variable: @LoopActor (String) async -> String?
  ) async throws(OperationFailure) -> (CallRecord.Order, kept: JSON?) {
    guard case .tool(let name, let arguments?, let schema?) = order else { return (order, nil) }
    let form = FormState(schema, value: arguments)
    var (sent, kept) = (arguments, arguments)
    var hasSecret = false
    for row in form.rows where row.isSecret {
      guard let text = arguments.value(at: row.path)?.string, !text.isEmpty else { continue }
      hasSecret = true
      if let reference = Self.name(in: text) {
        guard let value = await variable(reference) else { throw Self.missing(reference) }
        sent = sent.setting(row.path, to: .string(value))
      } else {
        kept = kept.setting(row.path, to: .string(Secret.mask))
      }
    }
    return (.tool(name, arguments: sent, schema: schema), hasSecret ? kept : Optional.none)
  }

  static let tokenPrefix = "token:"

  private static func missing(_ reference: String) -> OperationFailure {
    if reference.hasPrefix(tokenPrefix) {
      let server = reference.dropFirst(tokenPrefix.count)
      return OperationFailure(
        .usage, layer: "config", "no token is kept for \(server)",
        hint: "alidade auth login \(ShellQuoting.quoted("@" + server)) gets one")
    }
    return OperationFailure(
      .usage, layer: "config", "the environment has no \(reference)",
      hint: "set it before alidade is started, or type the secret itself")
  }

  /// The variable that a text names, written `$NAME` or `${NAME}`, or the server whose kept token it is, `$token:SERVER`; nil for any other text.
  static func name(in text: String) -> String? {
    guard text.hasPrefix("$") else { return nil }
    var name = text.dropFirst()
    if name.hasPrefix("{"), name.hasSuffix("}") { name = name.dropFirst().dropLast() }
    if name.hasPrefix(tokenPrefix), name.count > tokenPrefix.count { return String(name) }
    let isName = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    return isName && name.first?.isNumber == false ? String(name) : nil
  }
}
