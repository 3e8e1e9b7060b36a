import HTTPCore
import JSON

/// The variables of a resource template as a form: a text for each, a list for those that take several.
enum TemplateForm {
  static func schema(_ template: String) -> JSON {
    let variables = parsed(template)?.variables ?? []
    let properties = variables.map { variable -> (String, JSON) in
      let list: JSON = ["type": "array", "items": ["type": "string"]]
      return (variable.name, variable.isExploded ? list : ["type": "string"])
    }
    return [
      "type": "object", "properties": .object(JSONObject(properties)),
      "additionalProperties": false,
    ]
  }

  /// The URI that the values make; nil where the template cannot be read.
  static func uri(_ template: String, _ values: JSON) -> String? {
    guard let parsed = parsed(template) else { return nil }
    let pairs = (values.object?.members ?? []).map { member -> (String, URITemplateValue) in
      if let list = member.value.array {
        return (member.key, .list(list.map { $0.string ?? $0.compact }))
      }
      return (member.key, .string(member.value.string ?? member.value.compact))
    }
    return parsed.expand(Dictionary(pairs) { first, _ in first })
  }

  private static func parsed(_ template: String) -> URITemplate? {
    do { return try URITemplate(template) } catch { return nil }
  }
}
