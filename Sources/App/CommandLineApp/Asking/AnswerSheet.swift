import Arguments
import EventLoop
import JSON
import JSONSchema
import MCPProtocol

/// Answers prepared in a file, for runs that nobody watches.
///
/// The file holds an object: `elicitation`, `sampling` and `roots`, each an answer or a list of answers that are
/// taken in turn, the last of them for all that follow. An elicitation's answer is the wire's own
/// (`{"action":"accept","content":{…}}`) or the bare content.
@LoopActor
final class AnswerSheet {
  private static let kinds = ["elicitation", "sampling", "roots"]
  private var prepared: [String: [JSON]] = [:]
  private let file: String
  private let checks: Bool
  /// Why an answer cannot stand; nothing more is answered from then on.
  private(set) var misfit: CommandFailure?

  /// `checks` whether content fits the form before it is sent.
  init(file: String, checks: Bool, _ context: CommandContext) throws(CommandFailure) {
    self.file = file
    self.checks = checks
    let bytes = try context.bytes(of: file)
    let json: JSON
    do { json = try JSON.parse(bytes) } catch {
      throw CommandFailure(.usage, "\(file): \(error.description)")
    }
    guard let object = json.object else {
      throw CommandFailure(.usage, "\(file) holds no object of answers")
    }
    if let stray = object.keys.first(where: { !Self.kinds.contains($0) }) {
      throw CommandFailure(
        .usage, "\(file): '\(stray)' is nothing that a server asks for",
        hint: "answers stand under \(Self.kinds.joined(separator: ", "))")
    }
    for member in object.members { prepared[member.key] = member.value.array ?? [member.value] }
    if checks { try refuseShapeless() }
  }

  /// What has no form of its own must not go out as a consent, nor as an answer that no server can read.
  private func refuseShapeless() throws(CommandFailure) {
    for kind in ["elicitation", "sampling"] {
      guard let odd = prepared[kind]?.first(where: { $0.object == nil }) else { continue }
      throw CommandFailure(
        .usage, "\(file): \(odd.compact) under '\(kind)' is no object",
        hint: kind == "elicitation" ? #"no is said with {"action":"decline"}"# : nil)
    }
    for json in prepared["roots"] ?? [] {
      guard Self.root(json)?.uri.lowercased().hasPrefix("file://") != true else { continue }
      throw CommandFailure(
        .usage, "\(file): \(json.compact) under 'roots' has no file address",
        hint: "write file:///folder, or name the folder with --root")
    }
  }

  /// Only what can be answered is offered to the server.
  var features: ClientFeatures {
    let hasElicitation = !(prepared["elicitation"] ?? []).isEmpty
    return ClientFeatures(
      sampling: !(prepared["sampling"] ?? []).isEmpty, elicitationForm: hasElicitation,
      elicitationURL: hasElicitation)
  }

  var roots: [Root] { (prepared["roots"] ?? []).compactMap(Self.root) }

  private static func root(_ json: JSON) -> Root? {
    (json["uri"]?.string ?? json.string).map { Root(uri: $0, name: json["name"]?.string) }
  }

  func answer(to request: InputRequest) -> InputAnswer {
    switch request.kind {
    case .elicitation(let question): checked(elicitation(question.value), for: question.value)
    case .sampling: next("sampling").map(InputAnswer.raw) ?? .unanswered
    case .roots, .unknown: .unanswered
    }
  }

  private func elicitation(_ question: ElicitationRequest?) -> InputAnswer {
    guard let answer = next("elicitation") else { return .elicitation(.decline) }
    guard let content = answer.object else { return .raw(answer) }
    let isPage = question?.effectiveMode == .url
    let isField = !isPage && question?.requestedSchema?["properties"]?["action"] != nil
    if let action = content["action"], Self.isAction(action) || !isField { return .raw(answer) }
    return .elicitation(.accept(isPage ? nil : content))
  }

  private static let actions = ["accept", "decline", "cancel"]

  private static func isAction(_ json: JSON?) -> Bool {
    json?.string.map(actions.contains) == true
  }

  /// Sent all the same it would be refused, and the same be asked again and again.
  private func checked(_ answer: InputAnswer, for question: ElicitationRequest?) -> InputAnswer {
    let problems = checks ? Self.problems(of: answer, with: question) : []
    guard !problems.isEmpty else { return answer }
    let what =
      Self.isAction(answer.result?["action"])
      ? "the content under 'elicitation' does not fit the form" : "'elicitation' holds no answer"
    misfit = CommandFailure(
      .usage, "\(file): \(what): " + problems.joined(separator: "; "),
      details: ["violations": .array(problems.map(JSON.string))])
    return .unanswered
  }

  private static func problems(
    of answer: InputAnswer, with question: ElicitationRequest?
  ) -> [String] {
    let action = answer.result?["action"]
    guard isAction(action) else {
      return ["the action is \(action?.compact ?? "missing"), not accept, decline or cancel"]
    }
    guard let question, question.effectiveMode == .form, let schema = question.requestedSchema,
      action == "accept"
    else { return [] }
    let check = FormDialog.validator(schema).validate(answer.result?["content"] ?? [:])
    return check.isValid || check.isUndecided ? [] : check.violations.map(\.sentence)
  }

  private func next(_ kind: String) -> JSON? {
    guard let list = prepared[kind], let first = list.first else { return nil }
    if list.count > 1 { prepared[kind] = Array(list.dropFirst()) }
    return first
  }
}

extension InputAnswer {
  static let unanswered = InputAnswer.refused(code: -32601, message: "no answer was prepared")
}
