package import JSON

/// What a server says it can do; the object as sent, with names for the known parts.
package struct ServerCapabilities: PeerValue {
  package var raw: JSONObject

  package init(_ raw: JSONObject = JSONObject()) { self.raw = raw }

  package static func read(_ json: JSON, _ reading: inout Reading) -> ServerCapabilities? {
    JSONObject.read(json, &reading).map { ServerCapabilities($0) }
  }

  package var json: JSON { .object(raw) }

  package var tools: Bool { raw.declares("tools") }
  package var resources: Bool { raw.declares("resources") }
  package var prompts: Bool { raw.declares("prompts") }
  package var logging: Bool { raw.declares("logging") }
  package var completions: Bool { raw.declares("completions") }
  package var toolsListChanged: Bool { raw.declares("tools", "listChanged") }
  package var promptsListChanged: Bool { raw.declares("prompts", "listChanged") }
  package var resourcesListChanged: Bool { raw.declares("resources", "listChanged") }
  package var resourceSubscriptions: Bool { raw.declares("resources", "subscribe") }
  package var tasks: Bool { raw.declares("tasks") }
  package var taskList: Bool { raw.declares("tasks", "list") }
  package var taskCancel: Bool { raw.declares("tasks", "cancel") }
  package var toolTasks: Bool { raw.declares("tasks", "requests", "tools", "call") }
  package var experimental: JSONObject { raw["experimental"]?.object ?? JSONObject() }
  package var extensions: JSONObject { raw["extensions"]?.object ?? JSONObject() }
}

/// What a client says it can answer; advertise only what the present mode can.
package struct ClientCapabilities: PeerValue {
  package var raw: JSONObject

  package init(_ raw: JSONObject = JSONObject()) { self.raw = raw }

  package static func read(_ json: JSON, _ reading: inout Reading) -> ClientCapabilities? {
    JSONObject.read(json, &reading).map { ClientCapabilities($0) }
  }

  package var json: JSON { .object(raw) }

  package var roots: Bool { raw.declares("roots") }
  package var sampling: Bool { raw.declares("sampling") }
  package var samplingTools: Bool { raw.declares("sampling", "tools") }
  package var elicitation: Bool { raw.declares("elicitation") }
  /// An empty `elicitation` means forms only.
  package var elicitationForm: Bool {
    elicitation && (raw.declares("elicitation", "form") || !raw.declares("elicitation", "url"))
  }
  package var elicitationURL: Bool { raw.declares("elicitation", "url") }
  package var extensions: JSONObject { raw["extensions"]?.object ?? JSONObject() }
}

extension JSONObject {
  /// Whether a path is there and not denied: `{}` and `true` declare, `false`, `null` and absence do not.
  fileprivate func declares(_ path: String...) -> Bool {
    var value = JSON.object(self)
    for step in path {
      guard let next = value[step] else { return false }
      value = next
    }
    return !value.isNull && value.bool != false
  }
}
