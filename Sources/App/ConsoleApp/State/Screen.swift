/// The name of a kind of view, as scopes, scripts and the documents write it: `tools`.
package struct ScreenID: RawRepresentable, Sendable, Hashable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }
  init(_ name: String) { rawValue = name }
}

/// A place that can be drilled into: a kind of view, the connection it belongs to, and what it shows of it.
package struct Screen: Sendable, Hashable {
  var id: ScreenID
  var link: Link.ID?
  /// The name of the one thing that is shown, where the view is of one thing.
  var subject: String

  init(_ id: ScreenID, link: Link.ID? = nil, subject: String = "") {
    self.id = id
    self.link = link
    self.subject = subject
  }
}
