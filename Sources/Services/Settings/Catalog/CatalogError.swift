/// Why the catalog, or a client's file, was not changed.
package enum CatalogError: Error, Sendable, Hashable {
  case file(FileFailure)
  case broken(ConfigSyntaxError, String)
  case notAnObject(String, String)
  /// Servers stand where this program or the client does not look.
  case straySection(String, String)
  case nameTaken(String, String)
  case unknown(String, known: [String])
  /// The entry is written in a way that cannot be replaced as text.
  case notEditable(String, TextPosition, String)
  case cannotExpress(String)

  package var sentence: String {
    switch self {
    case .file(let failure): failure.sentence
    case .broken(let error, let path):
      "\(path) is no \(error.language.rawValue), nothing was written: \(error.description)"
    case .notAnObject(let what, let path): "\(what) of \(path) is no object, nothing was written"
    case .straySection(let found, let path):
      "servers of \(path) stand under '\(found)', nothing was written"
    case .nameTaken(let name, _): "there is a server '\(name)' already"
    case .unknown(let name, _): "there is no server '\(name)'"
    case .notEditable(let name, let place, let path):
      "the entry '\(name)' of \(path), \(place), is not a table of its own: change it by hand"
    case .cannotExpress(let what): what
    }
  }
}
