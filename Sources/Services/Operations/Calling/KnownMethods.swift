import MCPEras

/// The requests of the protocol, of any revision, by their names.
package enum KnownMethods {
  /// What a client may send.
  package static var ofClients: [String] {
    var seen: Set<String> = []
    return MethodTable.rows.filter { $0.kind == .request && $0.sender != .server }.map(\.name)
      .filter { seen.insert($0).inserted }
  }

  /// Whether it may be sent again without changing anything further.
  package static func isIdempotent(_ name: String) -> Bool {
    MethodTable.rows.contains { $0.kind == .request && $0.name == name && $0.isIdempotent }
  }
}
