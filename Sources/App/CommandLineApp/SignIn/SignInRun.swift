import Arguments
import EventLoop
import JSON
import Operations
import SafeText
import Settings

/// One command about the sign-in to one server.
@LoopActor
final class SignInRun {
  let arguments: ParsedArguments
  let context: CommandContext
  let station: Station
  let definition: ServerDefinition
  /// The steps so far, for programs.
  private(set) var steps: [JSON] = []

  private init(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandFailure) {
    self.arguments = arguments
    self.context = context
    definition = try TargetReader(arguments: arguments, context: context).definition()
    station = Station(.of(context), loop: LoopActor.loop)
  }

  static func with(
    _ arguments: ParsedArguments, _ context: CommandContext,
    _ work: @LoopActor (SignInRun) async throws(CommandFailure) -> Void
  ) async throws(CommandFailure) -> ExitCode {
    let run = try SignInRun(arguments, context)
    let outcome: Result<Void, CommandFailure>
    do throws(CommandFailure) {
      outcome = .success(try await work(run))
    } catch {
      outcome = .failure(error)
    }
    await run.station.close()
    try outcome.get()
    return .ok
  }

  /// Does something with the sign-in, with its failure in this program's terms.
  func asked<Value: Sendable>(
    _ work: @LoopActor (Station) async throws(OperationFailure) -> Value
  ) async throws(CommandFailure) -> Value {
    do throws(OperationFailure) { return try await work(station) } catch {
      throw CommandFailure(error)
    }
  }

  /// What is kept for the server.
  func facts() async throws(CommandFailure) -> SignInFacts {
    try await asked { station async throws(OperationFailure) in
      try await station.signIn(for: definition)
    }
  }

  var wantsJSON: Bool { arguments.has(.json) }

  func say(_ sentence: String) {
    guard !wantsJSON else { return }
    context.errors.line(SafeText(sentence).text)
    context.errors.flush()
  }

  /// A step, in a line or with all that was read.
  func note(_ step: SignInStep) {
    steps.append(step.json)
    for line in arguments.has(TargetRows.verbose) ? step.lines : [step.line] { say(line) }
  }

  /// The result: for people, or all of it for programs.
  func show(_ facts: SignInFacts, head: String) {
    if wantsJSON {
      var object: JSONObject = ["signIn": facts.json(revealing: arguments.has(.reveal))]
      if !steps.isEmpty { object["steps"] = .array(steps) }
      context.output.line(JSON.object(object).compact)
    } else {
      context.output.line(SafeText(head).text)
      for line in SignInText.lines(facts) { context.output.line(line) }
    }
  }
}

extension SignInRun {
  func order() throws(CommandFailure) -> SignInOrder {
    var order = SignInOrder()
    order.scopes = arguments[SignInRows.scope]
    order.clientID = arguments[SignInRows.clientID]
    order.clientSecret = try secret(SignInRows.clientSecret)
    order.clientAuthentication = arguments[SignInRows.clientAuthentication]
    order.clientKey = arguments[SignInRows.clientKey].map(context.path)
    order.clientDocument = arguments[SignInRows.document]
    order.registrationToken = try secret(SignInRows.registrationToken)
    order.forgetsClient = arguments.has(SignInRows.forget)
    order.issuer = arguments[SignInRows.issuer]
    order.omitsResource = arguments[SignInRows.resource] == "omit"
    order.resource = order.omitsResource ? nil : arguments[SignInRows.resource]
    order.acceptsIssuer = arguments.has(SignInRows.acceptIssuer)
    order.acceptsMissingPKCE = arguments.has(SignInRows.acceptNoPKCE)
    order.allowsPrivate = arguments.has(SignInRows.allowPrivate)
    order.callbackPort = arguments.integer(SignInRows.port).flatMap { UInt16(exactly: $0) }
    order.agreesByItself = arguments.has(SignInRows.fetch)
    order.binding = arguments[SignInRows.binding].flatMap(SignInOrder.Binding.init) ?? .auto
    order.way = try way()
    return order
  }

  private func way() throws(CommandFailure) -> SignInOrder.Way {
    if let word = try secret(SignInRows.assertion) {
      return .assertion(word, file: file(SignInRows.assertion))
    }
    if let word = try secret(SignInRows.identityToken) {
      return .enterprise(word, file: file(SignInRows.identityToken), try identity())
    }
    if arguments.has(SignInRows.clientCredentials) { return .clientCredentials }
    return arguments.has(SignInRows.device) ? .device : .browser
  }

  private func identity() throws(CommandFailure) -> SignInOrder.IdentityOrder {
    guard let client = arguments[SignInRows.identityClient] else {
      throw CommandFailure(
        .usage, "--id-token needs to know who we are at the identity provider",
        hint: "give --idp-client-id ID, and --idp-issuer or --idp-token-endpoint URL")
    }
    var order = SignInOrder.IdentityOrder(clientID: client)
    order.issuer = arguments[SignInRows.identityIssuer]
    order.tokenEndpoint = arguments[SignInRows.identityEndpoint]
    order.clientSecret = try secret(SignInRows.identitySecret)
    guard order.issuer != nil || order.tokenEndpoint != nil else {
      throw CommandFailure(
        .usage, "--id-token needs an identity provider",
        hint: "give --idp-issuer or --idp-token-endpoint URL")
    }
    return order
  }

  /// Where the same can be read again; nil for standard input.
  private func file(_ row: OptionRow) -> String? {
    arguments[row].flatMap { $0 == "-" ? nil : context.path($0) }
  }

  /// Secrets come in files: words of a command line are seen by everybody on the machine.
  private func secret(_ row: OptionRow) throws(CommandFailure) -> Secret? {
    guard let file = arguments[row] else { return nil }
    let text = String(decoding: try context.bytes(of: file), as: UTF8.self).trimmed
    guard !text.isEmpty else { throw CommandFailure(.usage, "\(row.flag): '\(file)' is empty") }
    return Secret(text)
  }

  var scene: SignInScene {
    SignInPrompt(
      context, station, opensBrowser: !arguments.has(SignInRows.noBrowser)
    ).scene { [self] in note($0) }
  }
}
