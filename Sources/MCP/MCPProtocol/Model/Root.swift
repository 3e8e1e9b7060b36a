import JSON

/// A folder the user lets a server know of.
package struct Root: Model {
  package var uri = ""
  package var name: String?

  package init() {}

  package init(uri: String, name: String? = nil) {
    self.uri = uri
    self.name = name
  }

  package static let fields: [Field<Root>] = [.key("uri", \.uri), .optional("name", \.name)]
}
