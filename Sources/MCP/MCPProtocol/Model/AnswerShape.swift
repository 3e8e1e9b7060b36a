package import JSON

/// What the answer to a call must hold at its top: looked at without reading what may be many megabytes below.
package struct AnswerShape: Sendable {
  /// The member that carries the answer.
  let member: String
  let isList: Bool
  /// What each item of a list must have, as a string.
  var itemMember: String?
  /// What is true or false where it stands.
  var flag: String?

  package static func of(_ method: String) -> AnswerShape? { rows[method] }

  private static let rows: [String: AnswerShape] = [
    "tools/call": AnswerShape(member: "content", isList: true, itemMember: "type", flag: "isError"),
    "resources/read": AnswerShape(member: "contents", isList: true, itemMember: "uri"),
    "prompts/get": AnswerShape(member: "messages", isList: true, itemMember: "role"),
    "completion/complete": AnswerShape(member: "completion", isList: false),
  ]

  private static let itemsRead = 256

  package func issues(of answer: JSON) -> [ModelIssue] {
    var reading = Reading()
    guard let object = answer.object else {
      reading.mismatch("an object", answer)
      return reading.issues
    }
    if let flag, let value = object[flag], value.bool == nil, !value.isNull {
      reading.inside(flag) { $0.mismatch("a boolean", value) }
    }
    guard let value = object[member] else {
      reading.report(.missing, at: member)
      return reading.issues
    }
    reading.inside(member) { reading in
      if isList {
        look(at: value, &reading)
      } else if value.object == nil {
        reading.mismatch("an object", value)
      }
    }
    return reading.issues
  }

  private func look(at value: JSON, _ reading: inout Reading) {
    guard let items = value.array else { return reading.mismatch("an array", value) }
    for (index, item) in items.prefix(Self.itemsRead).enumerated() {
      reading.inside("\(index)") { reading in
        guard let object = item.object else { return reading.mismatch("an object", item) }
        guard let itemMember else { return }
        guard let name = object[itemMember] else { return reading.report(.missing, at: itemMember) }
        if name.string == nil {
          reading.inside(itemMember) { $0.mismatch("a string", name) }
        }
      }
    }
  }
}

extension JSON {
  /// Whether a tool's result says that the tool failed, be it in another type than the one for that.
  package var saysError: Bool {
    switch self["isError"] {
    case .bool(let says): says
    case .string(let text): text == "true"
    case .number(let number): number.int == 1
    default: false
    }
  }
}
