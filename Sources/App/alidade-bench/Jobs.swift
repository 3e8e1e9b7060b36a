import Glibc
import JSON

/// Parses a file some times; prints the best time and the most memory the process ever held.
func measureParsing(_ words: [String]) -> Bool {
  guard words.count == 3, let rounds = Int(words[2]), let bytes = contents(of: words[1]) else {
    return false
  }
  guard let parse = parsers[words[0]] else { return false }
  var best = Double.infinity
  for _ in 0..<rounds {
    let start = processorTime()
    guard parse(bytes) else { return false }
    best = min(best, processorTime() - start)
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
    do throws(JSONError) { return try !JSON.parse(bytes).isNull } catch { return false }
  },
]

/// What this thread has used, in seconds: the same on a machine that has other work too.
private func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func contents(of path: String) -> [UInt8]? {
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
