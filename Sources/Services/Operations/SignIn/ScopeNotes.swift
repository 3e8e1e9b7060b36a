import Authorization
import EventLoop
import JSON
import Settings

/// What refusals have taught about the scopes that a server's tools want, in a file of its own.
@LoopActor
final class ScopeNotes {
  struct Lesson: Sendable, Hashable {
    /// Nil: it holds for every call.
    var tool: String?
    var scopes: [String]
    var status: Int
    /// Seconds since 1970.
    var learntAt: Int64
  }

  private let file: String
  private let clock: any LoopClock
  private(set) lazy var lessons = read()

  private static let kept = 500

  init(stateFolder: String, key: String, clock: any LoopClock) {
    file = "\(stateFolder)/scopes/\(key).json"
    self.clock = clock
  }

  /// A refusal that names scopes; others teach nothing.
  func note(_ challenge: AuthorizationChallenge, of tool: String?) {
    guard challenge.meaning == .moreScope, let scopes = challenge.scopes else { return }
    let lesson = Lesson(
      tool: tool, scopes: scopes.names, status: challenge.status,
      learntAt: clock.wallTime.microseconds / 1_000_000)
    let known = lessons.first { $0.tool == tool }
    guard known?.scopes != lesson.scopes else { return }
    lessons = [lesson] + lessons.filter { $0.tool != tool }.prefix(Self.kept - 1)
    write()
  }

  // MARK: - The file

  private func read() -> [Lesson] {
    let bytes: [UInt8]?
    do throws(AuthorizationFailure) { bytes = try WholeFile.read(file) } catch { return [] }
    do {
      return try bytes.map { try JSON.parse($0) }?["lessons"]?.array?.compactMap(Lesson.init) ?? []
    } catch {
      return []
    }
  }

  /// What cannot be written costs a line of a table and nothing else.
  private func write() {
    let json: JSON = ["lessons": .array(lessons.map(\.json))]
    do throws(AuthorizationFailure) {
      try WholeFile.write(json.compactBytes, to: file)
    } catch { return }
  }
}

extension ScopeNotes.Lesson {
  fileprivate init?(_ json: JSON) {
    guard let scopes = json["scopes"]?.array?.compactMap(\.string), !scopes.isEmpty else {
      return nil
    }
    self.init(
      tool: json["tool"]?.string, scopes: scopes, status: json["status"]?.int ?? 403,
      learntAt: json["learntAt"]?.int.map(Int64.init) ?? 0)
  }

  fileprivate var json: JSON {
    var object: JSONObject = [:]
    object["tool"] = tool.map(JSON.string)
    object["scopes"] = .array(scopes.map(JSON.string))
    object["status"] = .number(JSONNumber(status))
    object["learntAt"] = .number(JSONNumber(learntAt))
    return .object(object)
  }
}

extension Station {
  func scopeNotes(for definition: ServerDefinition) -> ScopeNotes? {
    settings.stateFolder.map {
      ScopeNotes(stateFolder: $0, key: TargetFacts(definition).memoryKey, clock: clock)
    }
  }
}
