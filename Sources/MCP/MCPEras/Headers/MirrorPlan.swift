package import JSON

/// Which arguments of a tool go into HTTP headers too, as its schema marks them by `x-mcp-header`.
package struct MirrorPlan: Sendable, Hashable {
  /// One marked property.
  package struct Parameter: Sendable, Hashable {
    /// The names from the root of the arguments.
    package var path: [String]
    package var header: String
  }

  package private(set) var parameters: [Parameter] = []
  /// Over HTTP a tool with any of these must not be called.
  package private(set) var faults: [MirrorFault] = []

  package static let keyword = "x-mcp-header"
  package static let headerPrefix = "Mcp-Param-"
  private static let deepest = 64

  package init(schema: JSON?) {
    guard let schema else { return }
    walk(schema, path: [], viaProperties: true, depth: 0)
    reportDuplicates()
  }

  package var isUsable: Bool { faults.isEmpty }

  /// The headers of one call; an absent or null argument has none.
  package func headers(for arguments: JSON?) -> [WireHeader] {
    parameters.compactMap { parameter in
      let value = parameter.path.reduce(arguments) { $0?[$1] }
      return value.flatMap(HeaderValue.encode).map {
        WireHeader(Self.headerPrefix + parameter.header, $0)
      }
    }
  }

  // MARK: - Reading the schema

  private static let schemaMaps = [
    "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies",
  ]
  private static let schemas = [
    "items", "prefixItems", "additionalItems", "additionalProperties", "unevaluatedItems",
    "unevaluatedProperties", "contains", "propertyNames", "not", "if", "then", "else", "allOf",
    "anyOf", "oneOf",
  ]

  private mutating func walk(_ schema: JSON, path: [String], viaProperties: Bool, depth: Int) {
    guard depth < Self.deepest, let object = schema.object else { return }
    if let mark = object[Self.keyword] {
      take(mark, object, path: path, viaProperties: viaProperties && !path.isEmpty)
    }
    for member in object["properties"]?.object?.members ?? [] {
      walk(
        member.value, path: path + [member.key], viaProperties: viaProperties, depth: depth + 1)
    }
    for key in Self.schemaMaps {
      for member in object[key]?.object?.members ?? [] {
        walk(
          member.value, path: path + [member.key], viaProperties: false, depth: depth + 1)
      }
    }
    for key in Self.schemas {
      for inner in object[key].map({ $0.array ?? [$0] }) ?? [] {
        walk(inner, path: path, viaProperties: false, depth: depth + 1)
      }
    }
  }

  private mutating func take(
    _ mark: JSON, _ schema: JSONObject, path: [String], viaProperties: Bool
  ) {
    let name = mark.string ?? ""
    let type = schema["type"]?.string
    let reason: MirrorFault.Reason? =
      if !viaProperties {
        .unreachable
      } else if mark.string == nil {
        .notString
      } else if name.isEmpty {
        .empty
      } else if !name.utf8.allSatisfy(Self.isTokenCharacter) {
        .notToken
      } else if !["string", "integer", "boolean"].contains(type) {
        .type(type)
      } else { nil }
    guard let reason else { return parameters.append(Parameter(path: path, header: name)) }
    faults.append(MirrorFault(path: path, header: name, reason: reason))
  }

  private mutating func reportDuplicates() {
    var seen: Set<String> = []
    for parameter in parameters where !seen.insert(parameter.header.lowercased()).inserted {
      faults.append(
        MirrorFault(path: parameter.path, header: parameter.header, reason: .duplicate))
    }
  }

  private static func isTokenCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}

/// Why a mark in a tool's schema is not valid.
package struct MirrorFault: Sendable, Hashable {
  package enum Reason: Sendable, Hashable {
    case notString, empty, notToken, duplicate, unreachable
    case type(String?)
  }

  package var path: [String]
  package var header: String
  package var reason: Reason
}

extension MirrorFault: CustomStringConvertible {
  package var description: String {
    let place = path.isEmpty ? "the schema's root" : "property \"\(path.joined(separator: "."))\""
    let why =
      switch reason {
      case .notString: "is not a string"
      case .empty: "is empty"
      case .notToken: "is not a valid header name"
      case .duplicate: "is used twice"
      case .unreachable: "stands where only a part of the arguments would reach"
      case .type(let type): "marks a value of type \(type ?? "unknown")"
      }
    return "\(MirrorPlan.keyword) \"\(header)\" at \(place) \(why)"
  }
}
