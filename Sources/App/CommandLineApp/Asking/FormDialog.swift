import EventLoop
import JSON
import JSONSchema
import MCPProtocol
import SafeText

/// Asks for the fields of a form one by one, checks each as it is typed, and shows all before it is sent.
@LoopActor
struct FormDialog {
  private let asker: Asker
  private let schema: JSON
  private let deriver: FormDeriver
  private let validator: SchemaValidator
  /// The same without what speaks of the form as a whole, to check one field alone.
  private let single: SchemaValidator

  init(_ asker: Asker, schema: JSON) {
    self.asker = asker
    self.schema = schema
    deriver = FormDeriver(schema)
    validator = Self.validator(schema)
    var parts = schema.object ?? [:]
    for key in Self.ofTheWhole { parts[key] = nil }
    single = Self.validator(.object(parts))
  }

  private static let ofTheWhole = [
    "required", "minProperties", "dependentRequired", "dependencies", "allOf", "anyOf", "oneOf",
    "if", "then", "else", "not",
  ]

  static func validator(_ schema: JSON) -> SchemaValidator {
    var options = SchemaOptions()
    options.assertsFormats = true
    return SchemaValidator(schema, options: options)
  }

  private enum Step {
    case value(JSON)
    case absent
    case ended(ElicitationAnswer)
  }

  func run() async -> ElicitationAnswer {
    asker.say(
      "Enter takes what stands in brackets; :skip leaves out, :decline refuses, :cancel ends.")
    warnOfSecrets()
    var before = JSONObject()
    while true {
      var content = JSONObject()
      for field in fields {
        switch await ask(field, standing: before[field.key] ?? field.defaultValue) {
        case .value(let value): content[field.key] = value
        case .absent: break
        case .ended(let answer): return answer
        }
      }
      if let answer = await review(content) { return answer }
      before = content
    }
  }

  /// Forms are no place for secrets in any revision: whoever asks for one may be somebody else than he says.
  private func warnOfSecrets() {
    let keys = fields.filter { FieldWords.isSecret($0) || SecretNames.isSecret($0.key) }.map(\.key)
    guard !keys.isEmpty else { return }
    let names = SafeText(keys.joined(separator: ", ")).text
    asker.say("No server may ask for secrets in a form, and this one does: \(names).")
  }

  private var fields: [FormField] { deriver.fields(of: deriver.root) }

  // MARK: - One field

  private func ask(_ field: FormField, standing: JSON?) async -> Step {
    if case .constant(let value) = field.kind { return .value(value) }
    introduce(field)
    let isHidden = FieldWords.isSecret(field)
    while let typed = await asker.line(FieldWords.prompt(field, standing), isHidden: isHidden) {
      switch typed.trimmed {
      case ":decline": return .ended(.decline)
      case ":cancel": return .ended(.cancel)
      default: break
      }
      switch FieldAnswer.read(typed, for: field, standing: standing) {
      case .absent: return .absent
      case .again(let why): asker.say("  \(SafeText(why).text)")
      case .value(let value):
        guard let problem = problem(with: value, in: field) else { return .value(value) }
        asker.say("  \(SafeText(problem).text)")
      }
    }
    return .ended(.cancel)
  }

  private func introduce(_ field: FormField) {
    let words = [field.title, field.description].compactMap { $0 }.filter { $0 != field.key }
    if !words.isEmpty { asker.quote(words.joined(separator: ": ")) }
    for (index, choice) in FieldWords.choices(field).enumerated() {
      asker.say("    \(index + 1)  \(SafeText(choice.label).text)")
    }
  }

  private func problem(with value: JSON, in field: FormField) -> String? {
    let check = single.validate(.object(JSONObject([(field.key, value)])))
    return check.violations.first { $0.instancePointer.hasPrefix("/") }?.sentence
  }

  // MARK: - All of it

  /// Nil where the form is to be filled in once more.
  private func review(_ content: JSONObject) async -> ElicitationAnswer? {
    let check = validator.validate(.object(content))
    for violation in check.violations.prefix(5) {
      asker.say("  \(SafeText(violation.sentence).text)")
    }
    if !fields.isEmpty {
      asker.say("This is sent:")
      for field in fields {
        guard let value = content[field.key] else { continue }
        let shown = FieldWords.isSecret(field) ? Secret.mask : value.compact
        asker.say("  \(SafeText(field.key).text) = \(SafeText(shown).text)")
      }
    }
    let letters: [Character] = check.isValid ? ["y", "e", "d", "c"] : ["e", "d", "c", "y"]
    let yes = check.isValid ? "[Y]es, [e]dit" : "[y]es all the same, [E]dit"
    switch await asker.choice("Send it? \(yes), [d]ecline, [c]ancel: ", letters) {
    case "y": return .accept(content)
    case "d": return .decline
    case "e": return nil
    default: return .cancel
    }
  }
}
