/// What a piece of the screen means. Views name roles; only a theme knows colours.
package enum Role: UInt8, Sendable, Hashable, CaseIterable {
  case text
  case dim
  case title
  case border
  case borderFocus
  case selection
  case selectionUnfocused
  case key
  case hint
  case header
  case crumb
  case crumbActive
  case tab
  case tabActive
  case prompt
  case match
  case cursor
  case scrollbar
  case error
  case badgeReadOnly
  case badgeNet
  case badgeWrite
  case badgeDestructive
  case badgeHidden
  case stateOK
  case stateRun
  case stateWarn
  case stateError
  case stateOff
  case methodRequest
  case methodResult
  case methodNotification
  case methodError
  case jsonKey
  case jsonString
  case jsonNumber
  case jsonBool
  case jsonNull
  case jsonPunctuation
  case diffAdd
  case diffDelete
  case diffHunk
  case scopeGranted
  case scopeMissing
  case scopeUnused
  case levelDebug
  case levelInfo
  case levelWarn
  case levelError
  case secret
  case link
  case toastInfo
  case toastWarn
  case toastError

  /// The name that theme files use.
  package var name: String { Self.names[self] ?? "" }

  /// The role of that name; nil where a theme file is wrong.
  package init?(named name: String) {
    guard let role = Self.byName[name] else { return nil }
    self = role
  }

  private static let byName = Dictionary(names.map { ($0.value, $0.key) }) { first, _ in first }

  private static let names: [Role: String] = [
    .text: "text",
    .dim: "dim",
    .title: "title",
    .border: "border",
    .selection: "selection",
    .key: "key",
    .hint: "hint",
    .header: "header",
    .crumb: "crumb",
    .tab: "tab",
    .prompt: "prompt",
    .match: "match",
    .cursor: "cursor",
    .scrollbar: "scrollbar",
    .error: "error",
    .secret: "secret",
    .link: "link",
    .borderFocus: "border.focus",
    .selectionUnfocused: "selection.unfocused",
    .crumbActive: "crumb.active",
    .tabActive: "tab.active",
    .badgeReadOnly: "badge.ro",
    .badgeNet: "badge.net",
    .badgeWrite: "badge.write",
    .badgeDestructive: "badge.destructive",
    .badgeHidden: "badge.hidden",
    .stateOK: "state.ok",
    .stateRun: "state.run",
    .stateWarn: "state.warn",
    .stateError: "state.error",
    .stateOff: "state.off",
    .methodRequest: "method.req",
    .methodResult: "method.res",
    .methodNotification: "method.ntf",
    .methodError: "method.err",
    .jsonKey: "json.key",
    .jsonString: "json.string",
    .jsonNumber: "json.number",
    .jsonBool: "json.bool",
    .jsonNull: "json.null",
    .jsonPunctuation: "json.punct",
    .diffAdd: "diff.add",
    .diffDelete: "diff.del",
    .diffHunk: "diff.hunk",
    .scopeGranted: "scope.granted",
    .scopeMissing: "scope.missing",
    .scopeUnused: "scope.unused",
    .levelDebug: "level.debug",
    .levelInfo: "level.info",
    .levelWarn: "level.warn",
    .levelError: "level.error",
    .toastInfo: "toast.info",
    .toastWarn: "toast.warn",
    .toastError: "toast.error",
  ]
}
