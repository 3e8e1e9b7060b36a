import JSON
import JSONSchema

extension SchemaValidation {
  /// As people read it: the verdict, then a line for each violation.
  var lines: [String] {
    if isValid { return ["valid"] }
    let count = violations.count == 1 ? "1 violation" : "\(violations.count) violations"
    let more = isTruncated ? ", and more that are not listed" : ""
    return ["invalid: \(count)\(more)"] + violations.flatMap { $0.lines(indent: "  ") }
  }

  /// As programs read it.
  func json(draft: SchemaDraft) -> JSON {
    [
      "valid": .bool(isValid), "draft": .string(draft.name),
      "errors": .array(violations.map(\.json)), "truncated": .bool(isTruncated),
    ]
  }
}

extension SchemaViolation {
  fileprivate func lines(indent: String) -> [String] {
    let place = instancePointer.isEmpty ? "" : "\(instancePointer): "
    let asker = keywordLocation.isEmpty ? "" : "  (\(keywordLocation))"
    let causes = branches.flatMap { branch in
      branch.violations.flatMap { $0.lines(indent: indent + "  \(branch.index + 1). ") }
    }
    return ["\(indent)\(place)\(predicate)\(asker)"] + causes
  }

  fileprivate var json: JSON {
    var object: JSONObject = [
      "instance": .string(instancePointer), "keyword": .string(keyword),
      "keywordLocation": .string(keywordLocation), "message": .string(sentence),
    ]
    if let absoluteLocation { object["absoluteKeywordLocation"] = .string(absoluteLocation) }
    if let closest, branches.indices.contains(closest) {
      object["closest"] = .number(JSONNumber(branches[closest].index))
    }
    if !branches.isEmpty { object["causes"] = .array(branches.map(\.json)) }
    return .object(object)
  }
}

extension SchemaViolation.Branch {
  fileprivate var json: JSON {
    var object: JSONObject = ["index": .number(JSONNumber(index))]
    if let title { object["title"] = .string(title) }
    object["errors"] = .array(violations.map(\.json))
    return .object(object)
  }
}
