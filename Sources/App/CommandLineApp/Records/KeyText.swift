import EventLoop
import JSON
import Keys
import SafeText

/// Keys as people and programs read them.
extension APIKey {
  static let header = ["ID", "SYSTEM", "NAME", "KEY", "SCOPES", "EXPIRES", "STATUS"]

  /// What may be seen of the key, and that there is more.
  var shown: String { "\(prefix)••••" }

  func row(at now: WallTime) -> [String] {
    [
      id, system, name, shown, scopes.joined(separator: ","),
      expiresAt.map(LocalTime.moment) ?? "never", status(at: now).rawValue,
    ]
  }

  func lines(at now: WallTime) -> [String] {
    let rows: [(String, String?)] = [
      ("id", id), ("system", system), ("name", name), ("key", shown),
      ("scopes", scopes.joined(separator: ", ")),
      ("projects", projects.isEmpty ? "all" : projects.joined(separator: ", ")),
      ("created", "\(LocalTime.moment(createdAt)) by \(createdBy)"),
      ("expires", expiresAt.map(LocalTime.moment) ?? "never"),
      ("revoked", revokedAt.map(LocalTime.moment)), ("rotated to", rotatedTo),
      ("status", status(at: now).rawValue),
    ]
    return rows.compactMap { label, value in
      value.map { label.padded(to: 12) + SafeText($0).text }
    }
  }

  func json(at now: WallTime) -> JSON {
    [
      "id": .string(id), "system": .string(system), "name": .string(name),
      "prefix": .string(prefix), "scopes": .array(scopes.map(JSON.string)),
      "projects": .array(projects.map(JSON.string)), "created": .string(createdAt.description),
      "createdBy": .string(createdBy),
      "expires": expiresAt.map { .string($0.description) } ?? .null,
      "revoked": revokedAt.map { .string($0.description) } ?? .null,
      "rotatedTo": rotatedTo.map(JSON.string) ?? .null,
      "status": .string(status(at: now).rawValue),
    ]
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
