import JSON
import JSONSchema
import MCPProtocol

/// Answers and arguments made up from schemas, the same every time.
enum ConformanceAnswers {
  static func answer(to request: InputRequest) -> InputAnswer {
    switch request.kind {
    case .elicitation(let question) where question.value?.effectiveMode == .url:
      .elicitation(.accept(nil))
    case .elicitation(let question):
      .elicitation(.accept(content(for: question.value?.requestedSchema)))
    case .sampling: .sampling(SamplingAnswer(text: "An answer", model: "none"))
    case .roots, .unknown: .unanswered
    }
  }

  /// What a schema wants at least.
  static func required(by schema: JSON?) -> JSON {
    .object(values(for: schema) { $0.isRequired })
  }

  /// Every default there is, and something for whatever else is wanted.
  private static func content(for schema: JSON?) -> JSONObject {
    values(for: schema) { $0.isRequired || $0.defaultValue != nil }
  }

  private static func values(
    for schema: JSON?, where isWanted: (FormField) -> Bool
  ) -> JSONObject {
    guard let schema else { return [:] }
    let deriver = FormDeriver(schema)
    let fields = deriver.fields(of: deriver.root).filter(isWanted)
    return JSONObject(fields.map { ($0.key, value(for: $0)) })
  }

  private static func value(for field: FormField) -> JSON {
    if let value = field.defaultValue { return value }
    switch field.kind {
    case .text: return "test"
    case .integer(let number), .number(let number):
      return number.minimum.map { .number($0.value) } ?? 1
    case .boolean: return true
    case .constant(let value): return value
    case .choice(let choices): return choices.first?.value ?? .null
    case .choices(let choices, _): return .array(choices.prefix(1).map(\.value))
    case .list: return []
    case .group: return [:]
    case .null, .union, .json: return .null
    }
  }
}
