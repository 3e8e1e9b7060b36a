import Audit

/// Filters asked of a whole part of a log at once.
extension FilterExpression {
  func rows(_ part: AuditPart, _ digest: LogDigest, _ profile: LogProfile) -> RowBits {
    switch self {
    case .all: RowBits(digest.count, all: true)
    case .word(let needle): part.rows(holding: needle, digest)
    case .text(let field, let needle): part.rows(field, needle, digest, profile)
    case .kind(let word):
      digest.rows(where: .kind) { $0.lowercased().contains(word) }
    case .error: digest.troubled
    case .time(let range): digest.rows(lasting: range.contains)
    case .size(let range): digest.rows(sized: range.contains)
    case .not(let inner): !inner.rows(part, digest, profile)
    case .and(let left, let right):
      left.rows(part, digest, profile) & right.rows(part, digest, profile)
    case .or(let left, let right):
      left.rows(part, digest, profile) | right.rows(part, digest, profile)
    }
  }
}

extension FilterOperator {
  /// The field of a record that it asks for; nil where it asks for the whole line.
  fileprivate var field: LogField? {
    switch self {
    case .method: .kind
    case .tool: .tool
    case .id: .request
    case .server: .system
    case .actor: .actor
    case .decision: .outcome
    case .body: nil
    }
  }
}

extension AuditPart {
  /// Digests have small letters only: where case counts, the line has the last word.
  fileprivate func rows(holding needle: FilterNeedle, _ digest: LogDigest) -> RowBits {
    let bytes =
      needle.isExact
      ? Array(String(decoding: needle.bytes, as: UTF8.self).lowercased().utf8)
      : needle.bytes
    let found = digest.rows(holding: bytes)
    guard needle.isExact else { return found }
    return found.filtered { needle.isFound(in: Array(lines.bytes(of: $0))) }
  }

  fileprivate func rows(
    _ part: FilterOperator, _ needle: FilterNeedle, _ digest: LogDigest, _ profile: LogProfile
  ) -> RowBits {
    guard let field = part.field else {
      return RowBits(digest.count) { needle.isFound(in: Array(lines.bytes(of: $0))) }
    }
    if LogField.countable.contains(field) {
      return digest.rows(where: field) { needle.isFound(in: $0) }
    }
    return rows(holding: needle, digest).filtered {
      needle.isFound(in: field.text(of: profile.record(lines.bytes(of: $0))))
    }
  }
}

extension AuditState {
  /// Indices of the rows that a filter finds, whatever the query shows; those that are not read yet are left out.
  func rows(foundBy text: String) -> [Int]? {
    let expression: FilterExpression
    do throws(FilterProblem) { expression = try FilterExpression(text) } catch { return nil }
    var found: [Int] = []
    for part in parts {
      guard let digest = part.digest else { continue }
      expression.rows(part, digest, profile).visit { found.append(part.start + $0) }
    }
    return found
  }
}

extension RowBits {
  func filtered(_ isKept: (Int) -> Bool) -> RowBits {
    var kept = RowBits(count)
    visit { if isKept($0) { kept.insert($0) } }
    return kept
  }
}

extension AuditQuery {
  /// What of a part is shown, and how many rows each filter of the stack takes.
  func rows(
    _ part: AuditPart, _ digest: LogDigest, _ profile: LogProfile
  ) -> (rows: RowBits, hits: [Int]) {
    var rows = RowBits(digest.count, all: true)
    if floor > .debug { rows = rows & digest.rows(from: floor) }
    if since != nil || until != nil { rows = rows & digest.rows(since: since, until: until) }
    var hits: [Int] = []
    var included: RowBits?
    for rule in rules {
      let own = rule.expression.rows(part, digest, profile)
      hits.append(own.total)
      guard rule.isOn else { continue }
      if rule.isExcluding {
        rows = rows & !own
      } else {
        included = included.map { mode == .all ? $0 & own : $0 | own } ?? own
      }
    }
    if let included { rows = rows & included }
    if let typedExpression { rows = rows & typedExpression.rows(part, digest, profile) }
    return (rows, hits)
  }
}
