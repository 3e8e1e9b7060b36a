import Glibc
import JSON
package import Settings

/// Where the snapshot is kept that a server is held to.
package struct PinFile: Sendable {
  package let path: String
  private static let sizeLimit = 32 << 20

  package init(path: String) { self.path = path }

  /// The place for a target whose pin the user keeps nowhere else.
  package init(stateFolder: String, definition: ServerDefinition) {
    self.init(stateFolder: stateFolder, key: TargetFacts(definition).memoryKey)
  }

  init(stateFolder: String, key: String) { path = "\(stateFolder)/pins/\(key).json" }

  /// Nil where nothing was pinned, or what was cannot be read.
  package func read() -> CatalogSnapshot? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var facts = stat()
    guard fstat(fileno(file), &facts) == 0, facts.st_size <= Self.sizeLimit else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(facts.st_size))
    bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
    do { return CatalogSnapshot(reading: try JSON.parse(bytes)) } catch { return nil }
  }

  /// Whole or not at all; false where that failed, with `errno` saying why.
  package func write(_ snapshot: CatalogSnapshot) -> Bool {
    StateFolder.make(path.split(separator: "/").dropLast().joined(separator: "/"))
    let draft = "\(path).\(getpid())"
    guard let file = fopen(draft, "we") else { return false }
    let bytes = Array(snapshot.json.pretty.utf8)
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count, rename(draft, path) == 0 else {
      unlink(draft)
      return false
    }
    return true
  }
}
