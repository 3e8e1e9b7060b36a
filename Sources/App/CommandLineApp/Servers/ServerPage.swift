import JSON
import SafeText
import Settings

/// The text of `servers show`: one definition, all of it, and what its variables stand for.
struct ServerPage {
  let server: ServerDefinition
  let known: KnownServers
  let context: CommandContext
  let revealing: Bool

  var lines: [String] {
    let shown = server.shown(revealing: revealing)
    var rows: [(String, String)] = [
      ("name", server.name), ("transport", server.transport.rawValue),
    ]
    rows += shown.url.map { [("address", $0)] } ?? [("command", ShellWords.join(shown.words))]
    rows += shown.headers.map { ("header", "\($0.name): \($0.value)") }
    rows += shown.environment.map { ("variable", "\($0.name)=\($0.value)") }
    rows += settings(shown)
    if let bridge = shown.bridge { rows.append(("instead of", ShellWords.join(bridge))) }
    if !shown.rest.isEmpty { rows.append(("other", JSON.object(shown.rest).compact)) }
    rows.append(("from", place))
    if server.origin.needsConsent {
      rows.append(("trust", "the project's file: look at it before you run it"))
    }
    return rows.map(Self.line) + variables
  }

  private func settings(_ shown: ServerDefinition) -> [(String, String)] {
    var rows: [(String, String)] = []
    if let directory = shown.directory { rows.append(("directory", directory)) }
    if let seconds = shown.timeout { rows.append(("time limit", "\(seconds) s")) }
    if let version = shown.protocolVersion { rows.append(("protocol", version)) }
    if let file = shown.tls.authorities { rows.append(("authorities", file)) }
    if let file = shown.tls.certificate { rows.append(("certificate", file)) }
    if let file = shown.tls.key { rows.append(("key", file)) }
    if shown.tls.isInsecure { rows.append(("insecure", "certificates are not checked")) }
    if let note = shown.note { rows.append(("about", note)) }
    if shown.isDisabled { rows.append(("disabled", "yes")) }
    return rows
  }

  private var place: String {
    let path = server.origin.path.map(known.shown) ?? ""
    return "\(server.origin.source), \(path)" + (server.origin.position.map { ", \($0)" } ?? "")
  }

  private static func line(_ label: String, _ text: String) -> String {
    let gap = String(repeating: " ", count: max(1, 13 - label.count))
    return label + gap + SafeText(text).text
  }

  // MARK: - Variables

  /// A project's references are named, not looked up, before the user has agreed.
  private var uses: [VariableUse] {
    let scope = VariableScope(
      environment: server.origin.needsConsent ? [:] : context.environment,
      home: known.places.home, workspace: server.origin.project ?? context.directory)
    return server.expanded(in: scope).uses
  }

  private var variables: [String] {
    uses.map { use in
      let state =
        switch use.outcome {
        case .resolved: "is set"
        case .fallback: "takes its default"
        case .unresolved: server.origin.needsConsent ? "not looked up" : "is not set"
        }
      return Self.line("reference", "\(use.reference.text) in \(use.field) \(state)")
    }
  }

  var json: JSON {
    guard var object = server.json(revealing: revealing).object else { return .null }
    object["references"] = .array(
      uses.map { use in
        [
          "field": .string(use.field), "text": .string(use.reference.text),
          "name": .string(use.reference.name), "outcome": .string(use.outcome.rawValue),
        ]
      })
    return .object(object)
  }
}
