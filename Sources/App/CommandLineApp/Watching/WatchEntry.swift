import EventLoop
import JSON
import MCPProtocol
import Operations
import SafeText

/// One thing that happened while watching, as people and as programs read it.
struct WatchEntry {
  let word: String
  let members: JSONObject
  let text: String
  /// Told by the server itself, and not about the connection with it.
  let isEvent: Bool

  private init(
    _ word: String, _ text: String, _ members: JSONObject = [:], isEvent: Bool = true
  ) {
    self.word = word
    self.text = text
    self.members = members
    self.isEvent = isEvent
  }

  /// Nil for what only matters inside the program.
  init?(_ event: ConnectionEvent) {
    switch event {
    case .listChanged(let list):
      self.init("listChanged", "\(list) changed", ["list": .string(list)])
    case .resourceUpdated(let uri):
      self.init(
        "resourceUpdated", "updated \(uri ?? "(no uri)")", ["uri": uri.map(JSON.string) ?? .null])
    case .serverLog(let level, let logger, let data): self = Self.log(level, logger, data)
    case .notification(let method, let params): self = Self.notification(method, params)
    case .task(let task):
      self.init(
        "task", ["task", task.id, task.status.rawValue, task.statusMessage ?? ""].words,
        [
          "taskId": .string(task.id), "status": .string(task.status.rawValue),
          "message": task.statusMessage.map(JSON.string) ?? .null,
        ])
    case .question(let question):
      self = Self.question(question.request.method, question.request.params)
    case .questionWithdrawn: self.init("withdrawn", "the server withdrew its question")
    case .stderr(let line): self = Self.note("stderr", line)
    case .finding(let sentence, _): self = Self.note("finding", sentence)
    case .subscription(let sentence): self = Self.note("subscription", sentence)
    case .reopening: self = Self.note("reopening", "the server had forgotten the session")
    case .listening, .silent, .closed: return nil
    }
  }

  // MARK: - Kinds

  private static func note(_ word: String, _ sentence: String) -> WatchEntry {
    WatchEntry(word, "\(word): \(sentence)", ["message": .string(sentence)], isEvent: false)
  }

  private static func log(_ level: String, _ logger: String?, _ data: JSON) -> WatchEntry {
    var members: JSONObject = ["level": .string(level)]
    members["logger"] = logger.map(JSON.string)
    members["data"] = data
    let words = ["log", level, logger.map { "(\($0))" } ?? "", data.string ?? data.compact]
    return WatchEntry("log", words.words, members)
  }

  private static func notification(_ method: String, _ params: JSON?) -> WatchEntry {
    let progress = method == "notifications/progress" ? params : Optional.none
    let text = progress.map(Self.progress) ?? [method, params?.compact ?? ""].words
    return WatchEntry(
      progress == nil ? "notification" : "progress", text,
      ["method": .string(method), "params": params ?? .null])
  }

  private static func progress(_ params: JSON) -> String {
    let total = params["total"].map { " of \($0.compact)" } ?? ""
    let share = (params["progress"]?.compact ?? "?") + total
    return ["progress", share, params["message"]?.string ?? ""].words
  }

  private static func question(_ method: String, _ params: JSON?) -> WatchEntry {
    WatchEntry(
      "question", ["asks", method, params?["message"]?.string ?? ""].words,
      ["method": .string(method), "params": params ?? .null])
  }

  // MARK: - Writing

  func line(at time: WallTime) -> String { "\(LocalTime.clock(time))  \(SafeText(text).text)" }

  func json(at time: WallTime) -> JSON {
    var object: JSONObject = ["at": .string(time.description), "event": .string(word)]
    for member in members.members { object[member.key] = member.value }
    return .object(object)
  }
}

extension [String] {
  /// One sentence of those that say something.
  fileprivate var words: String { filter { !$0.isEmpty }.joined(separator: " ") }
}
