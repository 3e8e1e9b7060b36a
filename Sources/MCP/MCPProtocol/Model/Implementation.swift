import JSON

/// What a client or server says of itself; display data, never to be relied on.
package struct Implementation: Model {
  package var name = ""
  package var version = ""
  package var title: String?
  package var description: String?
  package var websiteUrl: String?
  package var icons: [Decoded<Icon>]?

  package init() {}

  package init(name: String, version: String, title: String? = nil) {
    self.name = name
    self.version = version
    self.title = title
  }

  package var displayName: String { title ?? name }

  package static let fields: [Field<Implementation>] = [
    .required("name", \.name), .required("version", \.version), .optional("title", \.title),
    .optional("description", \.description), .optional("websiteUrl", \.websiteUrl),
    .optional("icons", \.icons),
  ]
}

/// A picture a peer offers; its address is foreign and is not fetched unasked.
package struct Icon: Model {
  package var src = ""
  package var mimeType: String?
  package var sizes: [String]?
  package var theme: String?

  package init() {}

  package static let fields: [Field<Icon>] = [
    .key("src", \.src), .optional("mimeType", \.mimeType), .optional("sizes", \.sizes),
    .optional("theme", \.theme),
  ]
}

/// Hints on who content is for and how much it matters.
package struct Annotations: Model {
  package var audience: [Role]?
  package var priority: Double?
  package var lastModified: String?

  package init() {}

  package static let fields: [Field<Annotations>] = [
    .optional("audience", \.audience), .optional("priority", \.priority),
    .optional("lastModified", \.lastModified),
  ]
}
