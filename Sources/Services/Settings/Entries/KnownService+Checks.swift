extension KnownService {
  typealias Found = (field: String?, finding: ServiceFinding)

  static func findings(in definition: ServerDefinition) -> [Found] {
    guard let service = all.first(where: { $0.serves(definition) }) else { return [] }
    return service.rules.flatMap { service.check($0, in: definition) }
  }

  private func serves(_ definition: ServerDefinition) -> Bool {
    if let host = definition.host {
      return hosts.contains { host == $0 || host.hasSuffix(".\($0)") }
    }
    return definition.words.contains { word in
      let name = word.split(separator: "/").last.map(String.init) ?? word
      return programs.contains { word == $0 || name == $0 || word.hasPrefix("\($0)@") }
    }
  }

  private func check(_ rule: Rule, in definition: ServerDefinition) -> [Found] {
    let isRemote = definition.url != nil
    switch rule {
    case .address(let expected): return isRemote ? checkAddress(expected, definition) : []
    case .path(let segments): return isRemote ? checkPath(segments, definition) : []
    case .notYet(let path, let what):
      return definition.path == path ? [("url", .notYet(service: title, what: what))] : []
    case .variable(let name, let others, let isRequired):
      return isRemote ? [] : checkVariable(name, others, isRequired, definition)
    case .header(let name, let others):
      return definition.headers.filter {
        others.map { $0.lowercased() }.contains($0.name.lowercased())
      }
      .map { ("headers.\($0.name)", .header(found: $0.name, expected: name)) }
    case .headers(let names):
      let isThere = names.contains { definition.headers.header($0) != nil }
      return isRemote && !isThere ? [(nil, .missingHeader(service: title, oneOf: names))] : []
    case .keyForm(let prefixes, let variables, let headers):
      return checkKeys(prefixes, variables, headers, definition)
    case .noKey:
      return definition.headers.filter {
        ["authorization", "x-api-key"].contains($0.name.lowercased())
      }
      .map { ("headers.\($0.name)", .noKeyWanted(service: title)) }
    }
  }

  private func checkAddress(_ expected: String, _ definition: ServerDefinition) -> [Found] {
    let isOtherRule = rules.contains {
      if case .notYet(definition.path, _) = $0 { true } else { false }
    }
    let url = definition.url?.prefix { $0 != "?" && $0 != "#" } ?? ""
    let isRight = url == expected || url == expected + "/"
    return isRight || isOtherRule || url.contains("${")
      ? [] : [("url", .address(service: title, expected: expected))]
  }

  private func checkPath(_ wanted: [String], _ definition: ServerDefinition) -> [Found] {
    let segments = definition.path.split(separator: "/")
    let isRight =
      segments.count >= wanted.count
      && zip(segments.suffix(wanted.count), wanted).allSatisfy { $1 == "*" || $0 == $1 }
    let host = definition.host ?? ""
    let path = wanted.map { $0 == "*" ? "<id>" : $0 }.joined(separator: "/")
    return isRight
      ? [] : [("url", .address(service: title, expected: "https://\(host)/api/\(path)"))]
  }

  private func checkVariable(
    _ name: String, _ others: [String], _ isRequired: Bool, _ definition: ServerDefinition
  ) -> [Found] {
    guard definition.environment.value(of: name) == nil else { return [] }
    if let wrong = definition.environment.first(where: { others.contains($0.name) }) {
      return [("env.\(wrong.name)", .variable(found: wrong.name, expected: name))]
    }
    return isRequired ? [("env", .missingVariable(service: title, name: name))] : []
  }

  private func checkKeys(
    _ prefixes: [String], _ variables: [String], _ headers: [String],
    _ definition: ServerDefinition
  ) -> [Found] {
    let keys =
      definition.environment.filter { variables.contains($0.name) }.map {
        ("env.\($0.name)", $0.value)
      }
      + headers.compactMap { name in
        definition.headers.header(name).map { value in
          ("headers.\(name)", value.hasPrefix("Bearer ") ? String(value.dropFirst(7)) : value)
        }
      }
    return keys.filter { _, key in !key.contains("${") && !prefixes.contains(where: key.hasPrefix) }
      .map { field, _ in (field, .keyForm(service: title, prefixes: prefixes)) }
  }
}

extension ServerDefinition {
  /// The host of the address in lower case, without user and port.
  package var host: String? {
    guard let authority else { return nil }
    if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
      return authority[...end].lowercased()
    }
    return authority.prefix { $0 != ":" }.lowercased()
  }

  private var authority: Substring? {
    guard let url, let start = url.firstRange(of: "://")?.upperBound else { return nil }
    let authority = url[start...].prefix { !"/?#".contains($0) }
    return authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] }
      ?? authority
  }

  /// The path of the address without query.
  var path: String {
    guard let url, let authority else { return "" }
    return String(url[authority.endIndex...].prefix { $0 != "?" && $0 != "#" })
  }

  /// Whether the address is this machine, where plain http harms nobody.
  var isLoopback: Bool {
    guard let host else { return false }
    return host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]"
      || host.hasPrefix("127.")
  }
}
