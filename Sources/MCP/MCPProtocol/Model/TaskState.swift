package import JSON

/// A task of a server, the same for both ways the protocol has of running one.
package struct TaskState: Sendable, Hashable {
  package var id = ""
  package var status = TaskStatus.working
  package var statusMessage: String?
  package var createdAt: String?
  package var lastUpdatedAt: String?
  /// Milliseconds it is kept; nil where unlimited or not said.
  package var ttl: Int?
  package var pollInterval: Int?
  /// What it waits for, the underlying result, or its error: only where the state carries them inline.
  package var inputRequests: JSONObject?
  package var result: JSON?
  package var error: JSON?

  package init() {}
}

/// The members of a task by the two shapes: a member's name differs, its meaning does not.
package enum TaskShape: Sendable, Hashable {
  case core
  case flat

  package func read(_ json: JSON) -> (TaskState?, [ModelIssue]) {
    var reading = Reading()
    let state = rows.read(json, into: TaskState(), &reading)
    return (state, reading.issues)
  }

  package func write(_ state: TaskState) -> JSONObject { rows.write(state) }

  private var rows: [Field<TaskState>] {
    switch self {
    case .core: Self.common + Self.coreOnly
    case .flat: Self.common + Self.flatOnly
    }
  }

  private static let common: [Field<TaskState>] = [
    .key("taskId", \.id), .required("status", \.status),
    .optional("statusMessage", \.statusMessage),
    .required("createdAt", \.createdAt), .required("lastUpdatedAt", \.lastUpdatedAt),
  ]

  private static let coreOnly: [Field<TaskState>] = [
    .nullable("ttl", \.ttl), .optional("pollInterval", \.pollInterval),
  ]

  private static let flatOnly: [Field<TaskState>] = [
    .nullable("ttlMs", \.ttl), .optional("pollIntervalMs", \.pollInterval),
    .optional("inputRequests", \.inputRequests), .optional("result", \.result),
    .optional("error", \.error),
  ]
}

extension Field {
  /// A member that must be there and may be null, which means no value.
  static func nullable<V: PeerValue>(
    _ name: String, _ path: any WritableKeyPath<Root, V?> & Sendable
  ) -> Field {
    Field(
      name: name, need: .required, takesNull: true,
      read: { json, root, reading in
        if json.isNull { return true }
        root[keyPath: path] = V.read(json, &reading)
        return root[keyPath: path] != nil
      },
      write: { $0[keyPath: path]?.json ?? .null })
  }
}
