package import MCPProtocol

/// Every method and notification by revision; absence from it is the whole story of a removal.
package enum MethodTable {
  package static let rows: [MethodRow] = clientRequests + serverRequests + notifications

  package static func row(
    _ name: String, in version: ProtocolVersion, kind: MethodRow.Kind = .request
  ) -> MethodRow? {
    index[version]?[Key(name: name, kind: kind)]
  }

  private struct Key: Hashable {
    let name: String
    let kind: MethodRow.Kind
  }

  /// The rows of each revision by name; of two of the same name the first counts.
  private static let index: [ProtocolVersion: [Key: MethodRow]] = Dictionary(
    uniqueKeysWithValues: ProtocolVersion.known.map { version in
      let here = rows.filter { $0.isIn(version) }.map { (Key(name: $0.name, kind: $0.kind), $0) }
      return (version, Dictionary(here) { first, _ in first })
    })

  /// Whether any revision knows the name.
  package static func isKnown(_ name: String) -> Bool { rows.contains { $0.name == name } }

  private static let core = VersionWindow(.v20251125, until: .v20260728)

  private static let clientRequests: [MethodRow] = [
    request("initialize", .handshake),
    read("server/discover", .stateless, cacheable: true),
    read("tools/list", .always, cacheable: true),
    call("tools/call", .always, name: "name", asks: true),
    read("resources/list", .always, cacheable: true),
    read("resources/templates/list", .always, cacheable: true),
    MethodRow(
      name: "resources/read", kind: .request, sender: .client, window: .always,
      nameParameter: "uri", mayAskInput: true, isCacheable: true, isIdempotent: true),
    read("resources/subscribe", .handshake),
    read("resources/unsubscribe", .handshake),
    read("prompts/list", .always, cacheable: true),
    MethodRow(
      name: "prompts/get", kind: .request, sender: .client, window: .always,
      nameParameter: "name", mayAskInput: true, isIdempotent: true),
    read("completion/complete", .always),
    read("logging/setLevel", .handshake),
    read("subscriptions/listen", .stateless),
    task("tasks/update", idempotent: false),
    task("tasks/get", idempotent: true),
    task("tasks/cancel", idempotent: true),
  ]

  private static let serverRequests: [MethodRow] = [
    either("ping", .handshake),
    either("tasks/get", core), either("tasks/cancel", core), either("tasks/result", core),
    either("tasks/list", core),
    request("sampling/createMessage", .handshake, by: .server),
    request("roots/list", .handshake, by: .server),
    request("elicitation/create", VersionWindow(.v20250618, until: .v20260728), by: .server),
  ]

  private static let notifications: [MethodRow] = [
    notice("notifications/initialized", .client, .handshake),
    notice("notifications/cancelled", .either, .always),
    notice("notifications/progress", .either, .handshake),
    notice("notifications/progress", .server, .stateless),
    notice("notifications/message", .server, .always),
    notice("notifications/tools/list_changed", .server, .always),
    notice("notifications/prompts/list_changed", .server, .always),
    notice("notifications/resources/list_changed", .server, .always),
    notice("notifications/resources/updated", .server, .always),
    notice("notifications/roots/list_changed", .client, .handshake),
    notice("notifications/elicitation/complete", .server, core),
    notice("notifications/tasks/status", .either, core),
    notice("notifications/subscriptions/acknowledged", .server, .stateless),
    notice("notifications/tasks", .server, .stateless, of: ExtensionName.tasks),
  ]

  // MARK: - Short rows

  private static func request(
    _ name: String, _ window: VersionWindow, by sender: MethodRow.Sender = .client
  ) -> MethodRow {
    MethodRow(name: name, kind: .request, sender: sender, window: window)
  }

  private static func either(_ name: String, _ window: VersionWindow) -> MethodRow {
    MethodRow(name: name, kind: .request, sender: .either, window: window, isIdempotent: true)
  }

  private static func read(
    _ name: String, _ window: VersionWindow, cacheable: Bool = false
  ) -> MethodRow {
    MethodRow(
      name: name, kind: .request, sender: .client, window: window, isCacheable: cacheable,
      isIdempotent: true)
  }

  private static func call(
    _ name: String, _ window: VersionWindow, name parameter: String, asks: Bool
  ) -> MethodRow {
    MethodRow(
      name: name, kind: .request, sender: .client, window: window, nameParameter: parameter,
      mayAskInput: asks)
  }

  private static func task(_ name: String, idempotent: Bool) -> MethodRow {
    MethodRow(
      name: name, kind: .request, sender: .client, window: .stateless, nameParameter: "taskId",
      isIdempotent: idempotent, extensionName: ExtensionName.tasks)
  }

  private static func notice(
    _ name: String, _ sender: MethodRow.Sender, _ window: VersionWindow,
    of extensionName: String? = nil
  ) -> MethodRow {
    MethodRow(
      name: name, kind: .notification, sender: sender, window: window,
      extensionName: extensionName)
  }
}
