import JSON

/// The user's own servers: `servers.json` in the configuration directory, in the shape every client knows.
package struct ServerCatalog: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  package init(places: ConfigPlaces) {
    self.init(path: ConfigPlaces.join(places.configuration, "alidade/servers.json"))
  }

  /// The servers and what is odd about the file; a missing file is an empty catalog.
  package func load() -> ImportResult {
    let origin = Origin(trust: .user, source: "alidade", path: path)
    do throws(FileFailure) {
      guard let bytes = try SettingsFile.read(path) else { return ImportResult() }
      return Importer.catalog.read(bytes, origin: origin)
    } catch {
      return ImportResult(findings: [ConfigFinding(.error, .unreadable(error.sentence))])
    }
  }

  /// What a change did to the catalog.
  package enum Change: String, Sendable, Hashable { case added, replaced, unchanged, removed }

  /// Writes a server under its name; members of an old entry that are unknown here stay.
  package func set(
    _ definition: ServerDefinition, replacing: Bool = false
  ) throws(CatalogError) -> Change {
    guard Target.canName(definition.name) else {
      throw .cannotExpress("a server needs a name, without blanks around it")
    }
    return try change { root throws(CatalogError) in
      let old = root["mcpServers"]?[definition.name]
      guard old == nil || replacing else { throw .nameTaken(definition.name, path) }
      let entry = merged(definition.catalogEntry, into: old?.json.object)
      guard old?.json != .object(entry) else { return nil }
      return Edit(
        change: old == nil ? .added : .replaced, name: definition.name, value: .object(entry),
        isPrivate: definition.holdsSecrets)
    }
  }

  package func remove(_ name: String) throws(CatalogError) -> Change {
    try change { root throws(CatalogError) in
      guard root["mcpServers"]?[name] != nil else {
        throw .unknown(name, known: root["mcpServers"]?.members?.map(\.key) ?? [])
      }
      return Edit(change: .removed, name: name, value: nil, isPrivate: false)
    }
  }

  // MARK: - Changing the file

  private struct Edit {
    let change: Change
    let name: String
    let value: JSON?
    let isPrivate: Bool
  }

  /// One change under the lock: read, edit the text, write. A broken file is told and left alone.
  private func change(
    _ edit: (ConfigNode) throws(CatalogError) -> Edit?
  ) throws(CatalogError) -> Change {
    try SettingsFile.withLock(on: path) { () throws(CatalogError) in
      let old = try readForChange()
      let root = try EditableConfig.root(of: old ?? [], .relaxedJSON, [["mcpServers"]], path)
      guard let edit = try edit(root) else { return .unchanged }
      let text = JSONTextEdit(old ?? [])
      let keys = ["mcpServers", edit.name]
      guard let new = edit.value.map({ text.setting(keys, to: $0) }) ?? text.removing(keys) else {
        throw .notAnObject("mcpServers", path)
      }
      do throws(FileFailure) {
        let isPrivate = edit.isPrivate || old == nil
        try SettingsFile.replace(path, with: new, expecting: old, isPrivate: isPrivate)
      } catch {
        throw .file(error)
      }
      return edit.change
    }
  }

  private func readForChange() throws(CatalogError) -> [UInt8]? {
    do throws(FileFailure) {
      return try SettingsFile.read(path)
    } catch {
      throw .file(error)
    }
  }

  private func merged(_ entry: JSONObject, into old: JSONObject?) -> JSONObject {
    guard let old else { return entry }
    var result = entry
    for member in old.members where ClientShape.alidade.fields[member.key] == nil {
      result.members.append(member)
    }
    return result
  }
}
