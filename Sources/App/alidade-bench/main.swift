import EventLoop
import Glibc
import JSON

/// The parts of `make bench` that need this code base inside; scripts/bench runs and compares them.
let jobs: [(name: String, usage: String, run: ([String]) -> Bool)] = [
  ("make", "make tools|zeros|empty BYTES FILE", makeInput),
  ("serve", "serve", serveFixed),
  ("load", "load PORT REQUEST_FILE CONNECTIONS SECONDS [RATE]", measureLoad),
  ("audit", "audit FILE EVENTS GROUP", writeAudit),
  ("parse", "parse document|tree FILE ROUNDS", measureParsing),
  ("redraw", "redraw", changeOneCell),
  ("answer", "answer stdio|http [TOOLS [BIG_BYTES]]", serve),
  ("calls", "calls session|curl URL COUNT STATE_FOLDER", measureCalls),
]

ProcessMemory.prepare()
let words = Array(CommandLine.arguments.dropFirst())
let job = jobs.first { $0.name == words.first }
if let job, job.run(Array(words.dropFirst())) { exit(0) }
let usages = job.map { [$0.usage] } ?? jobs.map(\.usage)
print("usage: alidade-bench \(usages.joined(separator: " | "))")
exit(1)
