import JSON
import MCPProtocol
import SafeText

/// A resource or a family of them, as the window lists them in one list.
struct ResourceItem: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case resource(Resource)
    case template(ResourceTemplate)
  }

  let kind: Kind
  let raw: JSON
  let issues: [ModelIssue]
  /// Its words hold characters that a reader does not see.
  let hasHidden: Bool

  private init(_ kind: Kind, _ raw: JSON, _ issues: [ModelIssue]) {
    self.kind = kind
    self.raw = raw
    self.issues = issues
    let words =
      switch kind {
      case .resource(let resource): [resource.uri, resource.displayTitle, resource.description]
      case .template(let template):
        [template.uriTemplate, template.displayTitle, template.description]
      }
    hasHidden = words.contains { SafeText($0 ?? "", .block).hasHidden }
  }

  static func resource(_ raw: JSON) -> ResourceItem {
    let decoded = Decoded<Resource>(raw)
    var resource = decoded.value ?? Resource()
    if decoded.value == nil { resource.uri = raw["uri"]?.string ?? "" }
    return ResourceItem(.resource(resource), raw, decoded.issues)
  }

  static func template(_ raw: JSON) -> ResourceItem {
    let decoded = Decoded<ResourceTemplate>(raw)
    return ResourceItem(.template(decoded.value ?? ResourceTemplate()), raw, decoded.issues)
  }

  var isTemplate: Bool { if case .template = kind { true } else { false } }

  /// The URI, or the template of one.
  var uri: String {
    switch kind {
    case .resource(let resource): resource.uri
    case .template(let template): template.uriTemplate
    }
  }

  var title: String {
    switch kind {
    case .resource(let resource): resource.displayTitle
    case .template(let template): template.displayTitle
    }
  }

  var mimeType: String? {
    switch kind {
    case .resource(let resource): resource.mimeType
    case .template(let template): template.mimeType
    }
  }

  var size: Int? { if case .resource(let resource) = kind { resource.size } else { nil } }

  var description: String? {
    switch kind {
    case .resource(let resource): resource.description
    case .template(let template): template.description
    }
  }
}
