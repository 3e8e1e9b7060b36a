package import MCPProtocol

/// What a session is told by whoever opens it.
package struct SessionSettings: Sendable {
  package var client: Implementation
  /// Only what the present mode can answer.
  package var features: ClientFeatures
  package var roots: [Root]
  package var limits: TimeLimits
  /// How long a peer may take to a probe that it may not know, where nothing tells whether it has read it.
  package var probeLimit: Duration
  /// How long a process may rest that has read such a probe; nil where reading proves nothing, as in a relay.
  package var silenceLimit: Duration?
  /// How long a peer may take to open a conversation.
  package var openLimit: Duration
  /// Rounds of input one call may ask for.
  package var maxRounds: Int
  package var lists: ListLimits
  package var logLevel: LogLevel?
  /// Tries in a row to open a lost subscription again; nil never gives up.
  package var resubscriptions: Int?
  /// How old a conversation becomes before its standing stream is opened, where no question can come on it.
  package var pushStreamDelay = Duration.zero

  package init(
    client: Implementation, features: ClientFeatures = ClientFeatures(), roots: [Root] = [],
    limits: TimeLimits = .standard, probeLimit: Duration = .seconds(10),
    silenceLimit: Duration? = .milliseconds(700), openLimit: Duration = .seconds(60),
    maxRounds: Int = 10, lists: ListLimits = ListLimits(),
    logLevel: LogLevel? = nil, resubscriptions: Int? = nil
  ) {
    self.client = client
    self.features = features
    self.roots = roots
    self.limits = limits
    self.probeLimit = probeLimit
    self.silenceLimit = silenceLimit
    self.openLimit = openLimit
    self.maxRounds = maxRounds
    self.lists = lists
    self.logLevel = logLevel
    self.resubscriptions = resubscriptions
  }
}
