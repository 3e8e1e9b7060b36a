import Glibc
import JSON

/// Writes a generated input file.
func makeInput(_ words: [String]) -> Bool {
  guard words.count == 3, words[0] == "tools", let size = Int(words[1]) else { return false }
  var list = ToolsList(seed: 20_250_711)
  let bytes = list.text(ofAbout: size)
  guard let file = fopen(words[2], "w") else { return false }
  defer { fclose(file) }
  return fwrite(bytes, 1, bytes.count, file) == bytes.count
}

/// Parses a file some times; prints the best time and the most memory the process ever held.
func measureParsing(_ words: [String]) -> Bool {
  guard words.count == 3, let rounds = Int(words[2]), let bytes = contents(of: words[1]) else {
    return false
  }
  guard let parse = parsers[words[0]] else { return false }
  var best = Double.infinity
  for _ in 0..<rounds {
    let start = ContinuousClock.now
    guard parse(bytes) else { return false }
    let took = ContinuousClock.now - start
    let parts = took.components
    best = min(best, Double(parts.seconds) + Double(parts.attoseconds) / 1e18)
  }
  let result: JSON = [
    "seconds": .number(JSONNumber(best)), "bytes": .number(JSONNumber(bytes.count)),
    "peak": .number(JSONNumber(peakMemory())),
  ]
  print(result.compact)
  return true
}

/// Each answers whether the text was JSON; the value is dropped inside the measured time.
private let parsers: [String: @Sendable ([UInt8]) -> Bool] = [
  "document": { bytes in
    do throws(JSONError) { return try JSONDocument(bytes).bytes.count == bytes.count } catch {
      return false
    }
  },
  "tree": { bytes in
    do throws(JSONError) { return try JSON.parse(bytes).object != nil } catch { return false }
  },
]

private func contents(of path: String) -> [UInt8]? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  fseek(file, 0, SEEK_END)
  let size = ftell(file)
  rewind(file)
  return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    count = fread(buffer.baseAddress, 1, size, file)
  }
}

private func peakMemory() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss * 1024
}
