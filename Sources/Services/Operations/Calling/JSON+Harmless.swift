package import JSON

extension JSON {
  /// A tool that says that it only reads, and can be called without arguments.
  package var isHarmless: Bool {
    guard self["annotations"]?["readOnlyHint"] == true else { return false }
    return (self["inputSchema"]?["required"]?.array ?? []).isEmpty
  }
}
