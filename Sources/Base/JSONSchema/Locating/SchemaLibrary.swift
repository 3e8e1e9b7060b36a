package import JSON

/// Schemas a reference may lead to besides the schema itself and the known metaschemas; nothing is ever fetched.
package struct SchemaLibrary: Sendable {
  /// Asked for what was not added, by URI without fragment.
  package typealias Source = @Sendable (_ uri: String) -> JSON?

  private var documents: [String: JSON] = [:]
  private let source: Source

  package init(source: @escaping Source = { _ in nil }) { self.source = source }

  /// Makes the schema known under that identifier (its fragment is dropped).
  package mutating func add(_ schema: JSON, at uri: String) {
    documents[SchemaURI(uri).document] = schema
  }

  func document(at uri: String) -> JSON? { documents[uri] ?? source(uri) }
}
