import JSON

/// What an installation would do to a file, ready to be shown or carried out.
package struct InstallPlan: Sendable {
  package let client: String
  package let path: String
  package let change: ServerCatalog.Change
  package let notes: [String]
  let old: [UInt8]?
  let new: [UInt8]
  let isPrivate: Bool

  /// The change as `diff -u` shows it, secrets masked unless they are to be seen.
  package func diff(revealing: Bool) -> String {
    UnifiedDiff.text(
      old: String(decoding: old ?? [], as: UTF8.self), new: String(decoding: new, as: UTF8.self),
      path: path, isNew: old == nil, line: revealing ? { $0 } : Masking.configLine)
  }

  /// Backs the file up and replaces it; answers with the backup's path, nil where there was no file.
  package func apply() throws(FileFailure) -> String? {
    guard change != .unchanged else { return nil }
    let backup = old == nil ? nil : try SettingsFile.backUp(path)
    try SettingsFile.replace(path, with: new, expecting: old, isPrivate: isPrivate)
    return backup
  }
}

extension Installer {
  /// Plans to write a server into the client's file.
  package func plan(
    installing definition: ServerDefinition, in places: ConfigPlaces, project: Bool
  ) throws(CatalogError) -> InstallPlan {
    let path = file(for: definition.name, in: places, project: project)
    let old = try bytes(of: path)
    let root = try EditableConfig.root(of: old ?? [], language, [section], path)
    let entry = entry(definition)
    let before = root[path: section + [definition.name]]
    let wanted = merged(entry.members, into: before?.json.object)
    let isSame = before?.json == .object(wanted)
    return InstallPlan(
      client: title, path: path,
      change: before == nil ? .added : isSame ? .unchanged : .replaced, notes: entry.notes,
      old: old,
      new: isSame
        ? old ?? [] : try edited(old ?? [], root, definition.name, wanted, path, project),
      isPrivate: old == nil && definition.holdsSecrets)
  }

  /// Plans to take a server out of the client's file.
  package func plan(
    removing name: String, in places: ConfigPlaces, project: Bool
  ) throws(CatalogError) -> InstallPlan {
    let path = file(for: name, in: places, project: project)
    let old = try bytes(of: path)
    let root = try EditableConfig.root(of: old ?? [], language, [section], path)
    guard let node = root[path: section + [name]] else {
      throw .unknown(name, known: root[path: section]?.members?.map(\.key) ?? [])
    }
    let keys = section + [name]
    let new =
      language == .toml
      ? try toml(old ?? [], path).removing(keys) : JSONTextEdit(old ?? []).removing(keys)
    guard let new, try check(new, keys, nil) else {
      throw .notEditable(name, node.position, path)
    }
    return InstallPlan(
      client: title, path: path, change: .removed, notes: [], old: old, new: new,
      isPrivate: false)
  }

  // MARK: - Files

  /// The file that would be written: one that exists, else the usual one on this machine.
  package func file(for name: String, in places: ConfigPlaces, project: Bool) -> String {
    let locations = project ? projectFiles : userFiles
    let candidates = locations.compactMap { location in
      places.directory(of: location.base).map {
        ConfigPlaces.join($0, location.path.replacing(text: "*", with: Self.folder(name)))
      }
    }
    return candidates.first(where: SettingsFile.exists) ?? candidates.first ?? ""
  }

  /// A server's name as the name of a directory.
  private static func folder(_ name: String) -> String {
    let safe = name.map {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) ? $0 : "-"
    }
    return safe.isEmpty ? "server" : String(safe)
  }

  private func bytes(of path: String) throws(CatalogError) -> [UInt8]? {
    do throws(FileFailure) {
      return try SettingsFile.read(path)
    } catch {
      throw .file(error)
    }
  }
}
