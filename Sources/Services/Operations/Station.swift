import Audit
import Authorization
import Database
package import EventLoop
import HTTP
import JSON
package import MCPProtocol
import Processes

/// What every connection of one program shares: the clock, child processes, the HTTP client, the journal and what is
/// remembered of earlier negotiations.
@LoopActor
package final class Station {
  package struct Settings: Sendable {
    package var client: Implementation
    /// Our own environment; server processes get the harmless part of it.
    package var environment: [String: String]
    package var directory: String
    /// Where the journal and the memory of negotiations are kept; nil keeps neither.
    package var stateFolder: String?
    /// Stands in for the world outside, where it has a way to a definition.
    package var transports: TransportSource?
    /// The systems of this program keep their records in the environment's data folder, for a window that shows them.
    package var isDemo = false

    package init(
      client: Implementation, environment: [String: String], directory: String,
      stateFolder: String?, transports: TransportSource? = nil
    ) {
      self.client = client
      self.environment = environment
      self.directory = directory
      self.stateFolder = stateFolder
      self.transports = transports
    }
  }

  package let settings: Settings
  package let clock: any LoopClock
  let processes: ProcessHost
  let demos: DemoHost
  private(set) lazy var http = HTTPClient(clock: clock)
  let memory: VerdictFile
  private(set) var journal: Journal?
  /// Things worth a line to the user that kept nothing from working: a journal that cannot be written, for one.
  package private(set) var warnings: [String] = []
  private var lastSession: Int64 = 0
  /// Files that programs of the system show.
  var opened: [PrivateFile] = []
  /// The key of kept sign-ins, once it was asked for.
  var seal: TokenSeal?

  package init(_ settings: Settings, loop: EventLoop) {
    self.settings = settings
    clock = loop.clock
    demos = DemoHost(settings.environment, keepsRecords: settings.isDemo)
    processes = ProcessHost(program: loop)
    memory = VerdictFile(path: settings.stateFolder.map { "\($0)/eras.json" })
  }

  /// Sets going what a connection to an address will need, so that it is there in time.
  package nonisolated static func prepare(forWords words: [String]) {
    if words.contains(where: { $0.hasPrefix("http://") || $0.hasPrefix("https://") }) {
      // In this order: while libraries are loaded, no thread of the process can begin.
      Database.beginThread()
      HTTPClient.loadAhead()
    }
  }

  /// Opens the journal, where there is a folder for one, without waiting for it.
  package func openJournal() {
    guard journal == nil, let folder = settings.stateFolder else { return }
    StateFolder.make(folder)
    journal = Journal(opening: "\(folder)/journal.db")
  }

  package func close() async {
    for file in opened { file.remove() }
    await journal?.close()
    if let failure = journal?.failure {
      warnings.append("the history is incomplete: \(failure)")
    }
    http.close()
    await demos.close()
    await processes.endAll()
  }

  /// Ends the processes of all connections, for a caller with little patience left for them.
  package func hurryServers() async { await processes.endAll(.quick) }

  /// Unique on this machine for all practical purposes: the moment, and a count for sessions of the same moment.
  func nextSession() -> Int64 {
    lastSession = max(lastSession + 1, clock.wallTime.microseconds)
    return lastSession
  }
}
