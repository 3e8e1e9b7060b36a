package import EventLoop
package import JSON
package import Processes

/// What a transport tells its owner.
package enum TransportEvent: Sendable {
  /// A whole JSON text from the peer.
  case frame(IncomingFrame)
  /// Something on the message channel that is no JSON; skipped.
  case noise(Noise)
  /// A line of the peer's log (standard error of a process).
  case log(LogLine)
  /// A piece of that exchange's answer has come, and more is to come: the peer is no longer silent. Nil where one
  /// stream carries every answer.
  case arriving(ExchangeID?)
  /// An exchange is over; at most one for each. A byte stream tells it of failures only.
  case ended(ExchangeID, ExchangeEnd)
  /// The session as HTTP carries it.
  case session(SessionEvent)
  /// The way is gone, and this is the last event.
  case closed(TransportEnd)
}

/// A JSON text as it came. The value is read already; `bytes` are the text itself.
package struct IncomingFrame: Sendable {
  package var bytes: [UInt8]
  package var json: JSON
  /// The exchange it came on. Nil on a byte stream, and on a stream that no frame of ours opened.
  package var exchange: ExchangeID?
  /// What is odd about the text: duplicate keys, broken characters.
  package var findings: [JSONFinding]
  /// Lines it was written over, where one is the rule.
  package var lines: Int
  /// The type of its event, where that is not MCP's.
  package var eventType: String?
  package var arrived: Arrival

  package init(
    bytes: [UInt8], json: JSON, exchange: ExchangeID? = nil, findings: [JSONFinding] = [],
    lines: Int = 1, eventType: String? = nil, arrived: Arrival
  ) {
    self.bytes = bytes
    self.json = json
    self.exchange = exchange
    self.findings = findings
    self.lines = lines
    self.eventType = eventType
    self.arrived = arrived
  }
}

/// A moment by both clocks: the calendar's for people, the loop's for durations.
package struct Arrival: Sendable, Hashable {
  package let time: WallTime
  package let instant: LoopInstant

  package init(time: WallTime, instant: LoopInstant) {
    self.time = time
    self.instant = instant
  }

  @LoopActor
  package init(_ clock: any LoopClock) {
    self.init(time: clock.wallTime, instant: clock.now)
  }
}

/// What stood where a message should be.
package struct Noise: Sendable, Hashable {
  package enum Reason: Sendable, Hashable {
    case notJSON
    /// Begins like JSON and breaks: the parser's words.
    case brokenJSON(String)
    case tooLong(limit: Int)
  }

  /// At most its first 4 KiB.
  package var bytes: [UInt8]
  package var size: Int
  /// More than one where a flood of lines is told by the piece.
  package var lines: Int
  package var reason: Reason
  package var exchange: ExchangeID?
  package var arrived: Arrival

  package init(
    bytes: [UInt8], size: Int, lines: Int = 1, reason: Reason, exchange: ExchangeID? = nil,
    arrived: Arrival
  ) {
    self.bytes = bytes
    self.size = size
    self.lines = lines
    self.reason = reason
    self.exchange = exchange
    self.arrived = arrived
  }

  package static let shownBytes = 4096
}

/// One line of a peer's log.
package struct LogLine: Sendable, Hashable {
  /// UTF-8 with replacements; not yet safe to show.
  package var text: String
  package var arrived: Arrival

  package init(text: String, arrived: Arrival) {
    self.text = text
    self.arrived = arrived
  }
}

/// How an exchange ended.
package enum ExchangeEnd: Sendable, Hashable {
  /// The peer has said all: every frame of the answer was told before.
  case complete
  /// A frame without an answer was taken (202).
  case accepted
  /// An HTTP status that is no success; its body is here and nowhere else.
  case refused(HTTPRefusal)
  /// The answer's stream ended before the answer, and cannot be taken up again.
  case unanswered
  case failed(TransportFailure)
}

/// What happened to the session id of HTTP.
package enum SessionEvent: Sendable, Hashable {
  case assigned
  /// The id that came cannot be sent back.
  case unusableID
  /// The standing push stream: open, refused with that status, broken and being opened again, or given up.
  case pushStream(PushStreamState)

  package enum PushStreamState: Sendable, Hashable {
    case open
    case refused(status: Int)
    case lost(retryAfter: Duration)
    case givenUp
  }
}

/// Why a transport has closed.
package enum TransportEnd: Sendable, Hashable {
  /// `close()` was called.
  case byUs
  /// The process is gone, with the last lines of its standard error.
  case process(ProcessEnd, lastLines: [String])
  /// The peer has closed its side.
  case byPeer
  /// The one stream that brought everything has ended.
  case streamEnded
  case failed(TransportFailure)
}
