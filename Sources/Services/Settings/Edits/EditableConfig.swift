/// The check before any change: a file that is broken or means something else is told and left alone.
enum EditableConfig {
  static func root(
    of bytes: [UInt8], _ language: ConfigLanguage, _ sections: [[String]], _ path: String
  ) throws(CatalogError) -> ConfigNode {
    let root: ConfigNode
    do throws(ConfigSyntaxError) {
      root = try ConfigDocument.readStrictly(bytes, as: language).root
    } catch {
      throw .broken(error, path)
    }
    guard root.members != nil else { throw .notAnObject("the whole", path) }
    for section in sections {
      if let node = root[path: section], node.members == nil {
        throw .notAnObject(section.joined(separator: "."), path)
      }
    }
    let isHome = sections.contains { root[path: $0] != nil }
    if !isHome, let stray = Importer.strayedSection(in: root) {
      throw .straySection(stray.name, path)
    }
    return root
  }
}
