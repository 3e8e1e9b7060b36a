import Arguments
import EventLoop
import MCPProtocol
import Operations

/// The words by which a command learns what it may answer when a server asks.
enum InputRows {
  static let answers = OptionRow(
    "answers", takes: ValueRow("FILE", .file),
    help: "Answer what the server asks from this JSON file")
  static let root = OptionRow(
    "root", takes: ValueRow("DIR", .directory), repeats: true,
    help: "Let the server know of that folder")

  static let options = [answers, root]

  /// The files that hold answers, `-` for standard input.
  static func files(_ arguments: ParsedArguments) -> [String] {
    guard arguments.command.options.contains(answers) else { return [] }
    return arguments[answers].map { [$0] } ?? []
  }
}

/// Who answers what a server asks: a prepared file, a person at the terminal, or nobody.
@LoopActor
final class InputDesk {
  private enum Clerk {
    case nobody
    case sheet(AnswerSheet)
    case person(Asker)
  }

  private let clerk: Clerk
  private let roots: [Root]
  /// Calls are seen through, whatever they become.
  private let followsTasks: Bool
  private let canForce: Bool

  init(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandFailure) {
    let isAsked = arguments.command.options.contains(InputRows.answers)
    var roots = isAsked ? arguments.all(InputRows.root).map { Self.root($0, context) } : []
    if isAsked, let file = arguments[InputRows.answers] {
      let checks = !arguments.has(CallArguments.noValidate)
      let sheet = try AnswerSheet(file: file, checks: checks, context)
      roots += sheet.roots
      clerk = .sheet(sheet)
    } else if isAsked, context.isAttended {
      clerk = .person(Asker(context))
    } else {
      clerk = .nobody
    }
    self.roots = roots
    followsTasks = isAsked
    canForce = arguments.command.options.contains(CallArguments.noValidate)
  }

  /// What the connection is opened with: no more is offered than can be answered.
  func prepare(_ options: inout ConnectionOptions) {
    options.roots = roots
    options.features =
      switch clerk {
      case .nobody: ClientFeatures()
      case .sheet(let sheet): sheet.features
      case .person: ClientFeatures(sampling: true, elicitationForm: true, elicitationURL: true)
      }
    options.features.roots = !roots.isEmpty
    options.features.tasks = followsTasks
  }

  /// The person who is asked, where one is there.
  var asker: Asker? { if case .person(let asker) = clerk { asker } else { nil } }
  var canAnswer: Bool { if case .nobody = clerk { false } else { true } }

  /// A prepared answer that does not fit what was asked ends the work, whatever the server makes of it.
  var misfit: CommandFailure? {
    guard case .sheet(let sheet) = clerk, var misfit = sheet.misfit else { return nil }
    if canForce { misfit.hint = "--no-validate sends it all the same" }
    return misfit
  }

  func answer(to request: InputRequest, of server: String, _ station: Station) async -> InputAnswer
  {
    switch clerk {
    case .nobody: .unanswered
    case .sheet(let sheet): sheet.answer(to: request)
    case .person(let asker):
      await asker.inTurn { await Dialog(asker, server: server, station: station).answer(request) }
    }
  }

  private static func root(_ directory: String, _ context: CommandContext) -> Root {
    let path = context.path(directory)
    let plain = path.split(separator: "/").filter { $0 != "." }
    return Root(
      uri: "file:///" + plain.map { FileAddress.encoded($0) }.joined(separator: "/"),
      name: plain.last.map(String.init))
  }
}

extension CommandContext {
  /// Whether a person can be asked: one who sees standard error and types on standard input.
  var isAttended: Bool { input.isTerminal && errors.isTerminal }
}

/// Paths as parts of `file:` addresses.
enum FileAddress {
  private static let plain = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~@+,=!$&'()*;:".utf8)

  static func encoded(_ part: Substring) -> String {
    part.utf8.map { byte in
      guard !plain.contains(byte) else { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }
}
