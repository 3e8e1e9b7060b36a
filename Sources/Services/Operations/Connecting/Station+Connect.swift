import Audit
import EventLoop
import HTTP
import HTTPCore
import JSON
import MCPClient
package import MCPProtocol
import Processes
package import Settings
import Transports

/// What a connection is opened with, beside its target.
package struct ConnectionOptions: Sendable {
  /// What may be asked of the user, and by that what is told to the server.
  package var features = ClientFeatures()
  package var roots: [Root] = []
  /// Never believes what earlier connections settled.
  package var forgets = false
  package var logLevel: LogLevel?
  /// Told what passes the wire, for a person who watches it.
  package var onTraffic: (@LoopActor @Sendable (WireNews) -> Void)?
  /// Leave to sign in where the server asks for it.
  package var signIn: SignInOffer?
  /// Tries in a row to open again a lost stream of what the server tells by itself; nil leaves it to the transport.
  package var retries: Int?
  /// Whether what the server tells by itself is wanted from the start. Else a standing stream, where there is one, is
  /// opened only when the connection has lived for a while: most commands are done by then.
  package var listens = true
  /// The definition's revision is what to begin with, and no condition.
  package var yieldsVersion = false

  package init() {}
}

extension Station {
  /// Reaches a server, negotiates, and hands over the open connection.
  ///
  /// The definition has its variables filled in. Events come on the loop until the connection is closed.
  package func connect(
    to definition: ServerDefinition, _ options: ConnectionOptions = ConnectionOptions(),
    onEvent: @escaping @LoopActor @Sendable (ConnectionEvent) -> Void
  ) async throws(OperationFailure) -> Connection {
    let target = TargetFacts(definition)
    let ownSignIn = demos.signIn(to: definition)
    let definition = try await demos.reached(definition)
    let way = try Way(definition, target, yields: options.yieldsVersion)
    let offer = options.signIn ?? ownSignIn
    // What somebody else is given leave for with a system of ours is no sign-in of its user.
    let keeps = ownSignIn == nil || settings.isDemo && options.signIn == nil
    let credentials = try await credentials(
      for: definition, way, offer, keeps: keeps)
    let tap = TrafficTap()
    let traffic = TrafficFacts(tap, forward: options.onTraffic)
    let session = nextSession()
    let recorder = journal.map { record(target, session, in: $0, tap) }
    let inbox = Inbox(tell: onEvent)
    let remembered = options.forgets ? nil : memory.entry(for: target.memoryKey, at: clock.wallTime)
    let connector = Connector(
      plan(way, definition, remembered, tap, credentials, retries: options.retries),
      settings: sessionSettings(definition, options),
      clock: clock
    ) { inbox.take($0) }
    if case .address = way.place { await HTTPClient.loaded() }
    let started = clock.now
    if let words = credentials?.precedence { onEvent(.finding(words, isMinor: false)) }
    do {
      let opened = try await connector.connect()
      // A pin says what the user wants, not what the server would have chosen.
      if way.wish == .automatic {
        memory.remember(
          opened.verdict, for: target.memoryKey, at: clock.wallTime,
          evidence: opened.evidence.map(\.description))
      }
      let links = Connection.Links(
        journal: journal, recorder: recorder, session: session, inbox: inbox, traffic: traffic,
        seen: settings.stateFolder.map { SeenFile(stateFolder: $0, key: target.memoryKey) },
        scopes: credentials?.notes,
        pin: settings.stateFolder.map { PinFile(stateFolder: $0, key: target.memoryKey) })
      return Connection(
        opened, target, links, clock: clock, openedIn: started.duration(to: clock.now),
        remembered: remembered)
    } catch {
      throw OperationFailure(error, target: target.label)
    }
  }

  private func record(
    _ target: TargetFacts, _ session: Int64, in journal: Journal, _ tap: TrafficTap
  ) -> JournalRecorder {
    JournalRecorder(
      journal,
      session: JournalSession(
        id: session, startedAt: clock.wallTime.microseconds / 1000, target: target.label,
        summary: target.kind, words: target.words),
      tap: tap)
  }

  private func plan(
    _ way: Way, _ definition: ServerDefinition, _ remembered: RememberedVerdict?,
    _ tap: TrafficTap, _ credentials: Credentials?, retries: Int?
  ) -> ConnectionPlan {
    ConnectionPlan(
      route: way.route, wish: way.wish, remembered: remembered?.verdict(at: clock.wallTime),
      makeTransport: { [self] asked, lane in
        settings.transports?.make(definition, tap)
          ?? transport(way, asked, tap, lane, retries: retries).carrying(credentials)
      },
      authorize: credentials?.authorizing)
  }

  private func transport(
    _ way: Way, _ asked: NegotiationWay, _ tap: TrafficTap, _ lane: String, retries: Int?
  ) -> any Transport {
    switch way.place {
    case .process(var request):
      request.environment = ChildEnvironment.allowed(
        from: settings.environment, adding: request.environment)
      return StdioTransport(request, host: processes, clock: clock, tap: tap, lane: lane)
    case .address(let address):
      return httpTransport(address, asked, tap, lane, retries: retries)
    }
  }

  private func sessionSettings(
    _ definition: ServerDefinition, _ options: ConnectionOptions
  ) -> SessionSettings {
    var session = SessionSettings(
      client: settings.client, features: options.features, roots: options.roots,
      logLevel: options.logLevel, resubscriptions: options.retries)
    if !options.listens { session.pushStreamDelay = Self.unheardFor }
    if definition.command.map(Self.isRelay) == true { session.silenceLimit = nil }
    guard let seconds = definition.timeout else { return session }
    let limit = Duration.milliseconds(Int64(min(seconds, 1e9) * 1000))
    session.limits = TimeLimits(idle: limit, total: max(limit * 10, .seconds(600)), task: limit)
    session.probeLimit = min(limit, session.probeLimit)
    session.openLimit = limit
    return session
  }

  private static let unheardFor = Duration.milliseconds(300)

  /// Programs that take their input at once and hand it on to a server that may not even have started.
  private static let relays: Set = [
    "docker", "podman", "nerdctl", "kubectl", "oc", "ssh", "wsl", "wsl.exe", "flatpak-spawn",
  ]

  private static func isRelay(_ command: String) -> Bool {
    relays.contains(command.split(separator: "/").last.map(String.init) ?? command)
  }
}
