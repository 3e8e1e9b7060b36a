/// A configuration file that exists, and what it gave.
package struct FoundConfig: Sendable {
  package let importer: Importer
  package let path: String
  package let trust: Origin.Trust
  package let result: ImportResult
}

/// Looks for the configurations of all clients; reads files, runs nothing.
package struct Discovery: Sendable {
  package let places: ConfigPlaces

  package init(places: ConfigPlaces) { self.places = places }

  package func find(_ importers: [Importer] = Importer.all) -> [FoundConfig] {
    var seen: Set<String> = []
    return importers.flatMap { importer in
      importer.locations.flatMap { location in
        paths(of: location).compactMap { path in
          seen.insert(path).inserted ? read(path, importer, location) : nil
        }
      }
    }
  }

  /// Reads one file that the user named, as that client's or as whose it looks like.
  package func read(file path: String, as importer: Importer? = nil) -> FoundConfig {
    let importer = importer ?? Importer.guess(for: path)
    let isOwn = places.home != "/" && path.hasPrefix(places.home + "/.")
    let trust: Origin.Trust = isOwn ? .user : .project
    return read(path, importer, trust: trust, isDedicated: true)
      ?? FoundConfig(
        importer: importer, path: path, trust: trust,
        result: ImportResult(findings: [
          ConfigFinding(.error, .unreadable("there is no such file"))
        ]))
  }

  private func read(
    _ path: String, _ importer: Importer, _ location: ConfigLocation
  ) -> FoundConfig? {
    read(path, importer, trust: location.trust, isDedicated: location.isDedicated)
  }

  private func read(
    _ path: String, _ importer: Importer, trust: Origin.Trust, isDedicated: Bool
  ) -> FoundConfig? {
    let result: ImportResult
    do throws(FileFailure) {
      guard let bytes = try SettingsFile.read(path) else { return nil }
      let origin = Origin(trust: trust, source: importer.id, path: path)
      result = importer.read(bytes, origin: origin, isDedicated: isDedicated)
    } catch {
      result = ImportResult(findings: [ConfigFinding(.error, .unreadable(error.sentence))])
    }
    return FoundConfig(importer: importer, path: path, trust: trust, result: result)
  }

  // MARK: - Paths

  /// The candidates of a location on this machine, whether they exist or not.
  package func paths(of location: ConfigLocation) -> [String] {
    if location.base == .project {
      return projectDirectories.map { ConfigPlaces.join($0, location.path) }
    }
    guard let directory = places.directory(of: location.base) else { return [] }
    let path = ConfigPlaces.join(directory, location.path)
    guard let star = path.firstRange(of: "/*/") else { return [path] }
    let parent = String(path[..<star.lowerBound])
    return SettingsFile.names(in: parent).map { "\(parent)/\($0)/\(path[star.upperBound...])" }
  }

  /// The working directory and those above it up to the repository's top; without a repository only the first.
  private var projectDirectories: [String] {
    let all = places.projectDirectories
    guard let top = all.firstIndex(where: { SettingsFile.exists(ConfigPlaces.join($0, ".git")) })
    else { return [places.directory] }
    return Array(all[...top])
  }
}

extension Importer {
  /// The client that keeps its servers in a file of that name.
  static func guess(for path: String) -> Importer {
    let exact = all.first { importer in
      importer.locations.contains { matches(path, $0.path) }
    }
    if let exact { return exact }
    let name = path.split(separator: "/").last ?? ""
    let owners = all.filter { importer in
      importer.locations.contains { $0.path.split(separator: "/").last == name }
    }
    if let only = owners.first, owners.count == 1 { return only }
    if path.hasSuffix(".toml") { return .codex }
    if path.hasSuffix(".yaml") || path.hasSuffix(".yml") { return .goose }
    return .plain
  }

  /// Whether a path ends as a location does, `*` for any component.
  private static func matches(_ path: String, _ location: String) -> Bool {
    let wanted = location.split(separator: "/")
    let have = path.split(separator: "/").suffix(wanted.count)
    return have.count == wanted.count && zip(have, wanted).allSatisfy { $1 == "*" || $0 == $1 }
  }
}
