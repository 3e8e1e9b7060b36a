import Glibc
import JSON
import Synchronization
import Testing

@Suite struct JSONDepthTests {
  private func nested(_ open: String, _ core: String, _ close: String, by levels: Int = 1) -> String
  {
    let times = JSONReadingOptions.safeDepth / levels
    return String(repeating: open, count: times) + core + String(repeating: close, count: times)
  }

  private func check(_ text: String, _ other: String) {
    let facts = Mutex<[Bool]>([])
    onSmallStack {
      do throws(JSONError) {
        let (a, b, c) = (try JSON.parse(text), try JSON.parse(text), try JSON.parse(other))
        var hashes: Set<JSON> = [a]
        hashes.insert(c)
        let found = [
          a == b, a != c, hashes.contains(b), a.compact == text, a.pretty.utf8.count > 0,
          a.canonical == text,
        ]
        facts.withLock { $0 = found }
      } catch {
        facts.withLock { $0 = [false] }
      }
    }
    #expect(facts.withLock { $0 } == [true, true, true, true, true, true])
  }

  @Test(.enabled(if: getenv("ALIDADE_SANITIZER") == nil, "a sanitizer's frames are larger"))
  func `the deepest tree fits a small stack in all its uses`() {
    check(nested("[", "1", "]"), nested("[", "2", "]"))
    check(nested("{\"a\":", "1", "}"), nested("{\"a\":", "2", "}"))
    check(nested("{\"a\":[", "1", "]}", by: 2), nested("[", "2", "]"))
  }
}
