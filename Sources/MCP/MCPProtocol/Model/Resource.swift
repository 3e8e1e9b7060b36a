package import JSON

/// A resource as its server lists it, or links to it from a result.
package struct Resource: Model {
  package var uri = ""
  package var name = ""
  package var title: String?
  package var description: String?
  package var mimeType: String?
  package var size: Int?
  package var annotations: Annotations?
  package var icons: [Decoded<Icon>]?
  package var meta: JSONObject?

  package init() {}

  package init(uri: String, name: String, mimeType: String? = nil) {
    self.uri = uri
    self.name = name
    self.mimeType = mimeType
  }

  package var displayTitle: String { title ?? (name.isEmpty ? uri : name) }

  package static let fields: [Field<Resource>] = [
    .key("uri", \.uri), .required("name", \.name), .optional("title", \.title),
    .optional("description", \.description), .optional("mimeType", \.mimeType),
    .optional("size", \.size), .optional("annotations", \.annotations), .optional("icons", \.icons),
    .optional("_meta", \.meta),
  ]
}

/// A family of resources by a URI template.
package struct ResourceTemplate: Model {
  package var uriTemplate = ""
  package var name = ""
  package var title: String?
  package var description: String?
  package var mimeType: String?
  package var annotations: Annotations?
  package var icons: [Decoded<Icon>]?
  package var meta: JSONObject?

  package init() {}

  package var displayTitle: String { title ?? (name.isEmpty ? uriTemplate : name) }

  package static let fields: [Field<ResourceTemplate>] = [
    .key("uriTemplate", \.uriTemplate), .required("name", \.name), .optional("title", \.title),
    .optional("description", \.description), .optional("mimeType", \.mimeType),
    .optional("annotations", \.annotations), .optional("icons", \.icons),
    .optional("_meta", \.meta),
  ]
}

/// The contents of one resource: text or base64, at most one of them by the rules.
package struct ResourceContents: Model {
  package var uri = ""
  package var mimeType: String?
  package var text: String?
  package var blob: String?
  package var meta: JSONObject?

  package init() {}

  package init(uri: String, mimeType: String? = nil, text: String? = nil, blob: String? = nil) {
    self.uri = uri
    self.mimeType = mimeType
    self.text = text
    self.blob = blob
  }

  package static let fields: [Field<ResourceContents>] = [
    .required("uri", \.uri), .optional("mimeType", \.mimeType), .optional("text", \.text),
    .optional("blob", \.blob), .optional("_meta", \.meta),
  ]
}

/// What reading a resource returned: one or more contents, a folder may give several.
package struct ReadResult: Model {
  package var contents: [Decoded<ResourceContents>] = []
  package var meta: JSONObject?

  package init() {}

  package static let fields: [Field<ReadResult>] = [
    .required("contents", \.contents), .optional("_meta", \.meta),
  ]
}
