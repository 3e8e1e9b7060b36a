import SafeText

extension LogRecord {
  /// Why the call cannot be made again; nil where it can.
  package var replayProblem: String? {
    if let oddity { return oddity }
    if tool.isEmpty { return "it names no tool" }
    if arguments.contains(Secret.mask) { return "its secrets were not kept" }
    if arguments.contains("\"sha256\"") { return "its arguments were too long to be kept" }
    if kind.contains("resource") || kind.contains("prompt") || kind.hasPrefix("key.") {
      return "it is no call of a tool"
    }
    return nil
  }
}
