import JSON

// The text of a file after a change, checked by reading it again.
extension Installer {
  func edited(
    _ old: [UInt8], _ root: ConfigNode, _ name: String, _ entry: JSONObject, _ path: String,
    _ project: Bool
  ) throws(CatalogError) -> [UInt8] {
    let keys = section + [name]
    let place = root[path: keys]?.position ?? root.position
    var new: [UInt8]?
    if language == .toml {
      let edit = try toml(old, path)
      if root[path: keys] == nil || edit.hasTable(keys) { new = edit.setting(keys, to: entry) }
    } else if let frame, !project, root.members?.isEmpty == true {
      var document = frame(name)
      document[section.joined()] = .object([name: .object(entry)])
      new = Array((JSON.object(document).pretty + "\n").utf8)
    } else {
      new = JSONTextEdit(old).setting(keys, to: .object(entry))
    }
    guard let new, try check(new, keys, entry) else { throw .notEditable(name, place, path) }
    return new
  }

  func toml(_ bytes: [UInt8], _ path: String) throws(CatalogError) -> TOMLTextEdit {
    do throws(ConfigSyntaxError) {
      return try TOMLTextEdit(bytes)
    } catch {
      throw .broken(error, path)
    }
  }

  /// Reads the edited text again: nothing is written that does not say what was meant.
  func check(
    _ new: [UInt8], _ keys: [String], _ entry: JSONObject?
  ) throws(CatalogError) -> Bool {
    do throws(ConfigSyntaxError) {
      let root = try ConfigDocument.readStrictly(new, as: language).root
      return root[path: keys]?.json == entry.map(JSON.object)
    } catch {
      return false
    }
  }

  /// Members that this program does not write stay as the user or the client put them.
  func merged(_ entry: JSONObject, into old: JSONObject?) -> JSONObject {
    guard let old else { return entry }
    let ours = Set([
      "type", "url", "httpUrl", "headers", "command", "args", "env", "cwd", "http_headers",
      "env_http_headers", "bearer_token_env_var", "env_vars", "serverUrl",
    ])
    var result = entry
    for member in old.members where !ours.contains(member.key) && entry[member.key] == nil {
      result.members.append(member)
    }
    return result
  }
}
