import JSON

extension SchemaRun {
  /// Notes a violation of a keyword of the current schema, where anybody reads them. Always false.
  mutating func fail(
    _ problem: @autoclosure () -> SchemaViolation.Problem, keyword: String? = nil,
    branches: [SchemaViolation.Branch] = [], closest: Int? = nil
  ) -> Bool {
    guard mode == .reporting, abort == nil else { return false }
    guard hasRoom() else { return false }
    let location = keyword.map { "/" + PointerText.escaped($0) } ?? ""
    violations.append(
      SchemaViolation(
        path: path, keyword: keyword ?? trail.last?.keyword ?? "",
        keywordLocation: trail.pointer + location,
        absoluteLocation: program.location(of: current).map { $0 + SchemaURI.fragment(location) },
        problem: problem(), branches: branches, closest: closest))
    return false
  }

  /// Counts the violation; those of alternatives leave the room of the others alone.
  private mutating func hasRoom() -> Bool {
    if branchDepth > 0 {
      reported.tried += 1
      return reported.tried <= limits.violations
    }
    reported.certain += 1
    if reported.certain > limits.violations { isTruncated = true }
    return !isTruncated
  }

  /// The answer alone: what is found on the way is nobody's fault.
  mutating func quietly<Answer>(_ body: (inout SchemaRun) -> Answer) -> Answer {
    let outer = mode
    mode = .deciding
    defer { mode = outer }
    return body(&self)
  }

  /// What a schema has against the current value, kept apart from the run's own violations.
  mutating func objections(
    of node: Int, to value: JSON, via step: SchemaStep
  ) -> [SchemaViolation] {
    let start = violations.count
    var marks = Marks()
    branchDepth += 1
    _ = apply(node, here: value, via: step, marks: &marks)
    branchDepth -= 1
    defer { violations.removeSubrange(start...) }
    return Array(violations[start...])
  }

  /// A pattern's answer; one that runs out of time counts as neither and is reported.
  mutating func matches(_ pattern: Pattern, _ text: String, keyword: String) -> Bool? {
    switch pattern.search(text) {
    case .match: return true
    case .noMatch: return false
    case .tooLong:
      slowMatches += 1
      _ = fail(.slowPattern(pattern.source), keyword: keyword)
      // Where only an answer is wanted, none may be made up from a text that was never judged.
      if mode == .deciding || slowMatches >= limits.slowMatches {
        abort = abort ?? .slowPattern(pattern.source)
      }
      return nil
    }
  }

  mutating func annotate(_ notes: [SchemaNote], _ kind: ValueKind) {
    for note in notes where note.kinds.contains(kind) {
      annotations.append(
        SchemaAnnotation(
          path: path, keyword: note.keyword,
          keywordLocation: trail.pointer + "/" + PointerText.escaped(note.keyword),
          absoluteLocation: program.location(of: current).map {
            $0 + SchemaURI.fragment("/" + note.keyword)
          },
          value: note.value))
    }
  }
}
