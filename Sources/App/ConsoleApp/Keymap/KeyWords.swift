import TerminalCore

/// How sentences name keys: by their commands, so that they follow a person's own keys.
extension ConsoleState {
  /// The key of a command; one without any is called by its line of the palette.
  func key(of id: String) -> String { keymap.key(of: id)?.description ?? ":\(id)" }

  /// The keys that copy something of the present view.
  func copyKeys(_ id: String) -> String { "\(key(of: "copy.open")) \(key(of: id))" }

  /// The key that connects anew where one is, else on the list of servers.
  var reconnectKey: String {
    let own = Keymap.active(in: self).first { $0.id.hasSuffix(".reconnect") }
    return key(of: own?.id ?? "server.reconnect")
  }

  var notConnected: String {
    let isTyping = ConsoleCommand.Scope.active(in: self).first?.isTyping ?? false
    let keys =
      isTyping
      ? "\(key(of: "form.close")), then \(key(of: "tools.reconnect"))" : reconnectKey
    return "the server is not connected; \(keys) connects"
  }

  /// The key that sends the form that is shown.
  var sendKey: String { key(of: screen.id == .question ? "question.accept" : "form.send") }

  /// The keys that take the audit's window of time away.
  var windowKeys: String { "\(key(of: "audit.window")) and \(key(of: "asking.take"))" }
}
