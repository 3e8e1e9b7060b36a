import Arguments
import AuthorizationServer
import EventLoop
import Faults
import Operations
import SafeText

/// The words by which a served system's callers are let in.
enum ServeAuthorization {
  static let callers = OptionRow(
    "callers", takes: ValueRow("WHO", .choice(["keys", "oauth", "both", "all"])),
    help:
      "Who may call over HTTP: holders of a key, of a token of its authorization server, of either,"
      + " or all; without it all for conformance, oauth for lumos and where --consent stands,"
      + " both for the alloy systems, else keys")
  static let consent = OptionRow(
    "consent", takes: ValueRow("HOW", .choice(ConsentMode.allCases.map(\.rawValue))),
    help: "Who lets clients in: the person at the browser (page), at this terminal, or nobody"
      + " (auto allows everything, deny nothing); page without it")
  static let person = OptionRow(
    "user", takes: ValueRow("NAME"), help: "Who signs in where nobody is asked: an id or e-mail")
  static let life = OptionRow(
    "token-life", takes: ValueRow("SECONDS", .integer(1...86_400)),
    help: "How long an access token lasts; 300 without it")
  static let trust = OptionRow(
    "trust-issuer", takes: ValueRow("URL"), repeats: true,
    help: "Take assertions of that issuer too: a company's sign-in, a workload's platform")
  static let fault = OptionRow(
    "fault", takes: ValueRow("NAME", .choice(FaultRow.ofServing.map(\.id))), repeats: true,
    help: "Let that go wrong, for practice; `faults` lists them and switches them later")

  static let options = [callers, consent, person, life, trust, fault]

  /// Decides who may call, and how its authorization server behaves.
  @LoopActor
  static func fill(
    _ wish: inout ServeWish, _ arguments: ParsedArguments, _ context: CommandContext
  ) throws(CommandFailure) {
    wish.faults = Set(arguments.all(fault))
    guard wish.way != .stdio else { return }
    let standard =
      arguments.has(consent) ? "oauth" : usual[wish.system] ?? "keys"
    let who = arguments[callers] ?? standard
    wish.needsKey = who == "keys" || who == "both"
    guard who == "oauth" || who == "both" else {
      guard !arguments.has(consent) else {
        throw CommandFailure(.usage, "--consent and --callers \(who) exclude each other")
      }
      return
    }
    var own = AuthorizationWish()
    own.consent = arguments[consent].flatMap(ConsentMode.init) ?? .page
    own.person = arguments[person]
    own.accessLife = arguments.integer(life).map { .seconds($0) }
    own.trusted = arguments.all(trust)
    if own.consent == .terminal { own.ask = try asker(context) }
    wish.authorization = own
  }

  /// Who calls where nothing is said; holders of a key everywhere else.
  private static let usual = [
    "conformance": "all", ServeRows.recorded: "all", "lumos": "oauth", "alloy-sessions": "both",
    "alloy-projects": "both",
  ]

  @LoopActor
  private static func asker(
    _ context: CommandContext
  ) throws(CommandFailure) -> @LoopActor @Sendable (ConsentQuestion) async -> ConsentAnswer {
    guard context.isAttended else {
      throw CommandFailure(
        .usage, "--consent terminal needs a terminal to ask on",
        hint: "--consent auto or deny decide without anybody")
    }
    let asker = Asker(context)
    return { question in await asker.inTurn { await ask(question, asker) } }
  }

  @LoopActor
  private static func ask(_ question: ConsentQuestion, _ asker: Asker) async -> ConsentAnswer {
    func plain(_ text: String) -> String { SafeText(text).text }
    asker.say("The program “\(plain(question.clientName))” asks to use \(plain(question.title)).")
    if !question.scopes.isEmpty {
      asker.say("If you allow it, it may:")
      for row in question.scopes { asker.say("  - \(plain(row.sentence)) (\(plain(row.name)))") }
    }
    asker.say("The answer goes to \(plain(question.destination)).")
    let person = question.person
    let letter = await asker.choice("Allow it as \(plain(person.name))? [y/N] ", ["n", "y"])
    return letter == "y" ? .allowed(person: person.id) : .refused
  }
}
