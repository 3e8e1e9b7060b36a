import Glibc
import JSON
package import Settings

/// What a server listed last, in a file of its own: read by a shell's completion, written by every list.
package struct SeenFile: Sendable {
  private let folder: String
  private let path: String

  package init(stateFolder: String, definition: ServerDefinition) {
    self.init(stateFolder: stateFolder, key: TargetFacts(definition).memoryKey)
  }

  init(stateFolder: String, key: String) {
    folder = "\(stateFolder)/seen"
    path = "\(folder)/\(key).json"
  }

  private static let sizeLimit = 4 << 20

  /// Nil where nothing was ever seen.
  package func read() -> SeenLists? {
    guard let bytes = bytes() else { return nil }
    do { return SeenLists(reading: try JSON.parse(bytes)) } catch { return nil }
  }

  /// Whole or not at all; what cannot be written costs a completion and nothing else.
  func note(_ report: ListReport) {
    let before = bytes()
    var lists = read() ?? SeenLists()
    lists.note(report)
    let after = lists.json.compactBytes
    guard after != before, after.count <= Self.sizeLimit else { return }
    StateFolder.make(folder)
    let draft = "\(path).\(getpid())"
    guard let file = fopen(draft, "we") else { return }
    let written = fwrite(after, 1, after.count, file)
    guard fclose(file) == 0, written == after.count, rename(draft, path) == 0 else {
      unlink(draft)
      return
    }
  }

  private func bytes() -> [UInt8]? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    guard size >= 0, size <= Self.sizeLimit else { return nil }
    rewind(file)
    var bytes = [UInt8](repeating: 0, count: size)
    let read = fread(&bytes, 1, size, file)
    return Array(bytes.prefix(read))
  }
}
