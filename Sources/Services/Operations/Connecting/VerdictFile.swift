import EventLoop
import Glibc
import JSON
import MCPClient

/// The memory of negotiations in its file. What cannot be read or written costs a probe and nothing else.
@LoopActor
final class VerdictFile {
  private let path: String?
  private var memory: VerdictMemory?

  init(path: String?) { self.path = path }

  func entry(for target: String, at now: WallTime) -> RememberedVerdict? {
    current.entry(for: target, at: now)
  }

  func remember(
    _ verdict: NegotiationVerdict, for target: String, at now: WallTime, evidence: [String]
  ) {
    var changed = current
    guard changed.remember(verdict, for: target, at: now, evidence: evidence) else { return }
    // Another process may have learned something meanwhile.
    changed = read()
    _ = changed.remember(verdict, for: target, at: now, evidence: evidence)
    memory = changed
    write(changed)
  }

  private var current: VerdictMemory {
    if let memory { return memory }
    let read = read()
    memory = read
    return read
  }

  private func read() -> VerdictMemory {
    guard let path, let file = fopen(path, "re") else { return VerdictMemory() }
    defer { fclose(file) }
    var facts = stat()
    guard fstat(fileno(file), &facts) == 0, facts.st_size <= Self.sizeLimit else {
      return VerdictMemory()
    }
    var bytes = [UInt8](repeating: 0, count: Int(facts.st_size))
    bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
    do { return VerdictMemory(reading: try JSON.parse(bytes)) } catch { return VerdictMemory() }
  }

  private static let sizeLimit = 1 << 20

  /// Whole or not at all: a reader never sees half a file.
  private func write(_ memory: VerdictMemory) {
    guard let path else { return }
    StateFolder.make(path.split(separator: "/").dropLast().joined(separator: "/"))
    let draft = "\(path).\(getpid())"
    guard let file = fopen(draft, "we") else { return }
    let bytes = memory.json.compactBytes
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count, rename(draft, path) == 0 else {
      unlink(draft)
      return
    }
  }
}
