import Glibc
import TerminalCore

/// Finds theme files: the user's own, those installed beside the program, those of the build tree.
struct ThemeFiles {
  /// How far above the program a build tree may lie.
  private static let depth = 6

  let folders: [String]

  init(environment: [String: String], program: String) {
    let configuration =
      environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? environment["HOME"].map { $0 + "/.config" }
    var folders = (configuration.map { ["\($0)/alidade/themes"] } ?? [])
    var folder = Self.parent(of: program)
    folders.append("\(Self.parent(of: folder))/share/alidade/themes")
    for _ in 0..<Self.depth where folder != "/" {
      folder = Self.parent(of: folder)
      // A folder named themes may be anybody's; beside a manifest it is ours.
      if access("\(folder)/Package.swift", F_OK) == 0 { folders.append("\(folder)/themes") }
    }
    self.folders = folders + ["/usr/local/share/alidade/themes", "/usr/share/alidade/themes"]
  }

  /// The text of a theme by name; nil where there is none that can be read.
  func text(of name: String) -> String? {
    guard !name.contains("/"), !name.hasPrefix(".") else { return nil }
    for folder in folders {
      if let text = Self.read("\(folder)/\(name).theme") { return text }
    }
    return name == "default-dark" ? Theme.builtInText : nil
  }

  /// The path of the running program.
  static func programPath() -> String {
    guard let path = realpath("/proc/self/exe", nil) else { return "" }
    defer { free(path) }
    return String(cString: path)
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  private static let largest = 1 << 20

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    guard 1...largest ~= size else { return nil }
    rewind(file)
    var bytes = [UInt8](repeating: 0, count: size)
    let count = fread(&bytes, 1, size, file)
    return ferror(file) == 0 && count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}
