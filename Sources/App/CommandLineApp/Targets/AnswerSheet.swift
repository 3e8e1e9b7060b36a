import Arguments
import EventLoop
import JSON
import MCPProtocol

/// What the user has to say when a server asks: prepared in a file, or nothing.
///
/// The file holds an object: `elicitation`, `sampling` and `roots`, each an answer or a list of answers that are
/// taken in turn, the last of them for all that follow. An elicitation's answer is the wire's own
/// (`{"action":"accept","content":{…}}`) or the bare content.
@LoopActor
final class AnswerSheet {
  nonisolated static let option = OptionRow(
    "answers", takes: ValueRow("FILE", .file),
    help: "Answer what the server asks from this JSON file")

  private var prepared: [String: [JSON]] = [:]

  init(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandFailure) {
    guard arguments.command.options.contains(Self.option), let file = arguments[Self.option] else {
      return
    }
    let bytes = try context.bytes(of: file)
    let json: JSON
    do { json = try JSON.parse(bytes) } catch {
      throw CommandFailure(.usage, "\(file): \(error.description)")
    }
    guard let object = json.object else {
      throw CommandFailure(.usage, "\(file) holds no object of answers")
    }
    for member in object.members { prepared[member.key] = member.value.array ?? [member.value] }
  }

  /// Only what can be answered is offered to the server.
  var features: ClientFeatures {
    var features = ClientFeatures()
    features.elicitationForm = prepared["elicitation"] != nil
    features.elicitationURL = prepared["elicitation"] != nil
    features.sampling = prepared["sampling"] != nil
    features.roots = prepared["roots"] != nil
    return features
  }

  func answer(to request: InputRequest) async -> InputAnswer {
    switch request.kind {
    case .elicitation(let question): elicitation(question.value)
    case .sampling: next("sampling").map(InputAnswer.raw) ?? Self.nobody
    case .roots: next("roots").map { .raw(["roots": $0]) } ?? Self.nobody
    case .unknown: Self.nobody
    }
  }

  private func elicitation(_ question: ElicitationRequest?) -> InputAnswer {
    guard let answer = next("elicitation") else { return .elicitation(.decline) }
    if answer["action"]?.string != nil { return .raw(answer) }
    return .elicitation(.accept(answer.object))
  }

  private func next(_ kind: String) -> JSON? {
    guard let list = prepared[kind], let first = list.first else { return nil }
    if list.count > 1 { prepared[kind] = Array(list.dropFirst()) }
    return first
  }

  private static let nobody = InputAnswer.refused(code: -32601, message: "no answer was prepared")
}
