import MCPProtocol
import Operations
import Settings

/// One server as the window is connected to it, over all attempts.
package struct Link: Sendable, Hashable, Identifiable {
  package typealias ID = Int

  enum Phase: Sendable, Hashable {
    case connecting(since: Int64)
    case open
    /// The server had forgotten us; the session is being opened again.
    case reopening
    case failed(OperationFailure)
    /// It was open and is no more, with the sentence that says why.
    case closed(String)
  }

  package let id: ID
  let name: String
  var definition: ServerDefinition
  /// Who the definition came from: `alidade` is the own catalog.
  let source: String
  let path: String
  var phase: Phase
  /// Counts the attempts; what an older one still tells is dropped.
  var attempt = 1
  var facts: ConnectionFacts?
  var lists: [CatalogList: Listed] = [:]
  var tools: [ToolItem] = []
  var resources: [ResourceItem] = []
  var templates: [ResourceItem] = []
  var prompts: [PromptItem] = []
  /// The last lines of its standard error.
  var stderr: [String] = []
  /// Milliseconds of the latest answers.
  var latencies: [Double] = []
  var lastError: String?
  /// In how many places each list differs from what the server was pinned to.
  var drift: [CatalogList: Int] = [:]
  /// Resources whose changes are told, by URI.
  var watched: [String: Watching] = [:]
  /// Memory of its process when it was last asked.
  var residentBytes: Int?

  static let stderrKept = 50
  static let latenciesKept = 200

  init(id: ID, row: ServerRow, definition: ServerDefinition, at now: Int64) {
    self.id = id
    name = row.name
    source = row.source
    path = row.path
    self.definition = definition
    phase = .connecting(since: now)
  }

  var isOpen: Bool { phase == .open || phase == .reopening }

  var isConnecting: Bool { if case .connecting = phase { true } else { false } }
}

/// A resource whose changes are told.
enum Watching: Sendable, Hashable {
  case quiet
  /// It has changed since it was read.
  case changed
}

/// One list of a server and how far its loading is.
struct Listed: Sendable, Hashable {
  enum Phase: Sendable, Hashable {
    case loading
    case loaded
    case failed(String)
  }

  var phase = Phase.loading
  var issues: [String] = []
  /// Counts the loads, so that views notice a new one.
  var revision = 0
  /// The server has told that it changed, and it was not loaded again yet.
  var isStale = false
}

extension Link {
  /// The target as a shell takes it after a command's words, secrets masked.
  var shellTarget: String {
    if source == "alidade" { return ShellWords.join(["@" + name]) }
    if source == "demo" { return "demo:\(name)" }
    let address = definition.shown(revealing: false).address
    return ShellWords.join([address])
  }

  mutating func note(latency: Double) {
    latencies.append(latency)
    if latencies.count > Self.latenciesKept { latencies.removeFirst() }
  }

  /// The latency that so many of a hundred answers kept to; nil without answers.
  func percentile(_ percent: Int) -> Double? {
    guard !latencies.isEmpty else { return nil }
    let sorted = latencies.sorted()
    return sorted[min(sorted.count - 1, sorted.count * percent / 100)]
  }
}
