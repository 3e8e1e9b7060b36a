extension ScriptedConnection {
  /// The head of an event stream that lasts until the connection is closed.
  package func openStream(_ headers: [String] = []) async {
    let lines = ["HTTP/1.1 200 OK", "Content-Type: text/event-stream"] + headers
    await write(lines.joined(separator: "\r\n") + "\r\n\r\n")
  }

  /// One event; its data is a single line.
  package func event(_ data: String, id: String? = nil, type: String? = nil) async {
    let lines = [type.map { "event: \($0)" }, id.map { "id: \($0)" }, "data: \(data)"]
    await write(lines.compactMap { $0 }.joined(separator: "\n") + "\n\n")
  }
}
