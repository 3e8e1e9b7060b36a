package import MCPServer

/// A catalog that can be served, by the name people call it.
package struct CatalogRow: Sendable {
  package let name: String
  package let summary: String
  package let make: @Sendable () -> Catalog

  init(_ name: String, _ summary: String, _ make: @escaping @Sendable () -> Catalog) {
    self.name = name
    self.summary = summary
    self.make = make
  }

  /// Every catalog of the program; a new one is a folder and a row here.
  package static let all: [CatalogRow] = [
    CatalogRow("conformance", "the fixtures of the public conformance suite") {
      ConformanceCatalog.catalog
    }
  ]
}
