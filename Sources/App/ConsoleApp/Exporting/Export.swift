import JSON

/// Something that can be written to a file: the name it gets by itself, and its bytes.
struct Export: Sendable {
  let name: String
  let bytes: @Sendable () -> [UInt8]

  init(_ name: String, _ bytes: @escaping @Sendable () -> [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// Items of a list under their own name, as the server gave them.
  static func items(_ name: String, _ items: [JSON]) -> Export {
    Export("\(name).json") {
      Array(JSON.object(JSONObject([(name, .array(items))])).pretty.utf8) + [10]
    }
  }

  static func json(_ name: String, _ json: JSON) -> Export {
    Export("\(name).json") { Array(json.pretty.utf8) + [10] }
  }

  static func text(_ name: String, _ text: String) -> Export {
    Export("\(name).txt") { Array(text.utf8) + [10] }
  }

  /// The part of a name that tells the format.
  static func suffix(of path: String) -> Substring? {
    let name = path.split(separator: "/").last ?? ""
    return name.lastIndex(of: ".").map { name[name.index(after: $0)...] }
  }
}

extension ConsoleState {
  /// What a list's own export is of: the marked items, else all that are shown.
  var markedOrAll: [Int] {
    let marked = markedItems
    return marked.isEmpty ? list.shown : marked
  }

  /// What the view has to write, with the text of the screen as the last resort.
  var exports: [Export] {
    let text = PlainText(self)
    return ScreenRow.of(screen).exports(self, screen)
      + [Export("\(screen.id.rawValue).txt") { Array(text.text.utf8) }]
  }

  /// Writes what the name asks for by its end, else the first there is.
  mutating func write(to path: String) -> [Effect] {
    let suffix = Export.suffix(of: path)
    let all = exports
    let fitting = all.first { Export.suffix(of: $0.name) == suffix } ?? all.first
    guard let export = fitting, !path.isEmpty else { return say(.warning, "no name, no file") }
    return [.write(path: path, bytes: export.bytes())]
  }
}
