import Glibc

/// A folder of a test's own, with all that is in it gone when the test lets go of it.
package final class ScratchFolder: Sendable {
  package let path: String

  package init() {
    var template = Array("/tmp/alidade-test-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp/alidade-test"
  }

  deinit { Self.remove(path) }

  /// Writes a file, with the folders that its name asks for, and answers with its path.
  package func write(_ text: String, to name: String) -> String {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/\(part)"
      mkdir(folder, 0o755)
    }
    let whole = file(name)
    if let file = fopen(whole, "w") {
      let bytes = Array(text.utf8)
      fwrite(bytes, 1, bytes.count, file)
      fclose(file)
    }
    return whole
  }

  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// What lies in it, without what lies deeper.
  package var names: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var found: [String] = []
    while let entry = readdir(folder) {
      found.append(
        withUnsafeBytes(of: &entry.pointee.d_name) {
          String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return found.filter { $0 != "." && $0 != ".." }.sorted()
  }

  private static func remove(_ path: String) {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { removeEntry("\(path)/\(name)", entry.pointee.d_type) }
      }
      closedir(folder)
    }
    rmdir(path)
  }

  /// A link is removed itself, never what it points to.
  private static func removeEntry(_ path: String, _ kind: UInt8) {
    if Int(kind) == DT_DIR { remove(path) } else { unlink(path) }
  }
}
