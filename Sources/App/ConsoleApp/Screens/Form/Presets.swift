import JSON
import JSONSchema
import MCPProtocol
import Operations
import Widgets

/// Arguments under names of a person's own, kept between runs. Secrets are left out of them.
extension ConsoleState {
  private static let longestName = 60

  /// What presets of a form are kept under: the server, the kind of form and what it is for.
  private func presetKey(_ form: Screen) -> String {
    "\(name(of: form.link)) \(form.id.rawValue) \(form.subject)"
  }

  func presetNames(_ form: Screen) -> [String] {
    presets[presetKey(form)]?.object?.keys.map { $0 } ?? []
  }

  mutating func keepPreset(_ name: String, of screen: Screen) -> [Effect] {
    guard let form = forms[screen], !name.isEmpty, name.count <= Self.longestName else {
      return say(.warning, "a preset needs a name of up to \(Self.longestName) characters")
    }
    var named = presets[presetKey(screen)]?.object ?? [:]
    named[name] = FormSecrets.without(form)
    presets[presetKey(screen)] = .object(named)
    return [.keep(kept)] + say(.info, "kept as \(name); \(key(of: "form.preset")) takes it back")
  }

  mutating func usePreset(_ name: String, in screen: Screen) -> [Effect] {
    guard let value = presets[presetKey(screen)]?[name] else { return [] }
    forms[screen]?.replace(with: value)
    return say(.info, "arguments of \(name)")
  }

  // MARK: - What the server knows

  /// The question for the field that is being typed in, where its server completes it.
  private var completionQuestion: CompletionQuestion? {
    guard let form, let row = form.current, row.takesText, row.path.count == 1,
      screen.id == .promptForm || screen.id == .templateForm
    else { return nil }
    var others = form.value.object ?? [:]
    others[row.field.key] = nil
    return CompletionQuestion(
      reference: screen.subject, argument: row.field.key, prefix: form.field.text,
      context: others)
  }

  var canComplete: Bool {
    link?.isOpen == true && link?.facts?.capabilities["completions"] != nil
  }

  /// Asks once the typing rests.
  mutating func expectCompletion() -> [Effect] {
    guard canComplete, completionQuestion != nil else { return [] }
    return [.startTimer(.completion, milliseconds: 120)]
  }

  func askForValues() -> [Effect] {
    guard canComplete, let link = screen.link, let question = completionQuestion else { return [] }
    return [.complete(link, question, screen)]
  }
}
