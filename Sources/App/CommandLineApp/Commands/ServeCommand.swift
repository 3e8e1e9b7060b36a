import Arguments
import EventLoop
import JSON
import Operations
import SafeText

extension Command {
  static let serve = Command(
    onLoop: CommandRow(
      "serve", in: .serving, summary: "Be the MCP server of a system",
      details: [
        "Answers every revision from 2024-11-05 on at one address, or with --stdio on standard input "
          + "and output. Without --listen it listens on \(ServeWish.standardAddress), which only this "
          + "machine can reach.",
        "Over HTTP callers show a key (see `keys create`), and every call is put on the audit before its "
          + "answer leaves. Beside the endpoint: /healthz, /version, /metrics for programs of this machine, "
          + "and /.well-known/mcp.json.",
        "Servers that share their records, best in a PostgreSQL database (--store), can stand behind one balancer: "
          + "a session is found wherever its next request arrives, and outlives the server it began in.",
        "With --callers oauth or both the system has an authorization server of its own at the same address: "
          + "documents, registration, consent, tokens. `clients` and `consents` show and end what it has given; "
          + "--fault lets signing in go wrong on purpose.",
        "A system has its data in this process, the same for a given --seed, and keeps it with --data. With --api-url it is a "
          + "proxy of a REST API, as `backend` serves it; so it is where the variables of its documents name one: "
          + BackendVariables.all.map { "\($0.address) and \($0.token) (\($0.system))" }
          .joined(separator: ", ") + ".",
        "With --from no system is served but a recording of `record`: what was asked then is answered as it was, found by "
          + "method and arguments, and anything else is refused. Callers need nothing to come in.",
        "Systems: "
          + ServedSystem.all.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ") + ".",
      ],
      positionals: [ServeRows.system],
      options: [
        ServeRows.from, ServeRows.stdio, ServeRows.listen, ServeRows.http, ServeRows.certificate,
        ServeRows.key,
        ServeRows.legacy,
        ServeRows.host, ServeRows.origin, ServeRows.publicURL, ServeRows.peerURL,
        ServeRows.pageSize, ServeWorld.api, ServeWorld.seed, ServeWorld.scale, ServeWorld.data,
        RecordRows.store, .json,
      ] + ServeAuthorization.options,
      examples: [
        .init("alidade serve conformance --listen 127.0.0.1:3001", "Over HTTP"),
        .init(
          "alidade serve conformance -l '*:8443' --tls-cert cert.pem --tls-key key.pem",
          "Over TLS, for other machines too"),
        .init("alidade list tools 'alidade serve conformance --stdio'", "As a child process"),
        .init("alidade serve --from work.jsonl --stdio", "A recorded server, played back"),
        .init(
          "alidade serve conformance --consent auto", "Sign-ins without a person, for trying out"),
      ])
  ) { arguments, context async throws(CommandFailure) in
    let run = try ServeRun(arguments, context)
    return try await run.run()
  }
}

enum ServeRows {
  static let system = PositionalRow(
    ValueRow("SYSTEM", .choice(ServedSystem.all.map(\.name))), .optional,
    help: "What to serve; nothing with --from")
  static let from = OptionRow(
    "from", takes: ValueRow("FILE", .file), help: "Play back what `record` has written")
  static let stdio = OptionRow("stdio", help: "Serve whoever started this program")
  static let listen = OptionRow(
    "listen", short: "l", takes: ValueRow("HOST:PORT"),
    help: "Serve over HTTP there; port 0 takes a free one")
  static let http = OptionRow(
    "http", takes: ValueRow("HOST:PORT"), help: "The same as --listen, as alloy-mcp has it")
  static let legacy = OptionRow(
    "sse", help: "Serve the HTTP+SSE transport of 2024-11-05 too, at /sse")
  static let host = OptionRow(
    "allow-host", takes: ValueRow("NAME"), repeats: true, help: "A further name of this server")
  static let origin = OptionRow(
    "allow-origin", takes: ValueRow("ORIGIN"), repeats: true, help: "Pages that may call it")
  static let certificate = OptionRow(
    "tls-cert", takes: ValueRow("FILE", .file),
    help: "Serve over TLS with that certificate, PEM, its chain behind it")
  static let key = OptionRow(
    "tls-key", takes: ValueRow("FILE", .file), help: "The certificate's key, PEM")
  static let publicURL = OptionRow(
    "public-url", takes: ValueRow("URL"),
    help: "Where clients reach it, if a balancer or proxy stands in front: https://HOST[:PORT]")
  static let peerURL = OptionRow(
    "peer-url", takes: ValueRow("URL"),
    help: "Where other servers with the same records reach it, if not where it listens")
  static let pageSize = OptionRow(
    "page-size", takes: ValueRow("N", .integer(1...1000)), help: "List that many items on a page")

  /// The name that a recording is served under.
  static let recorded = "recording"

  /// Nil where a system is to be served.
  static func recording(
    _ arguments: ParsedArguments, _ context: CommandContext
  ) throws(CommandFailure) -> ServerRecording? {
    guard let file = arguments[from] else {
      guard arguments[system] != nil else {
        throw CommandFailure(
          .usage, "SYSTEM is missing", hint: "or --from FILE, for a recording of `alidade record`")
      }
      return nil
    }
    guard arguments[system] == nil else {
      throw CommandFailure(.usage, "SYSTEM and --from exclude each other")
    }
    let text = String(decoding: try context.bytes(of: file), as: UTF8.self)
    do throws(RecordingProblem) { return try ServerRecording(reading: text) } catch {
      throw CommandFailure(.usage, "'\(file)' is no recording: \(error.sentence)")
    }
  }

  static func tls(
    _ arguments: ParsedArguments, _ context: CommandContext
  ) throws(CommandFailure) -> TLSFiles? {
    switch (arguments[certificate], arguments[key]) {
    case (nil, nil): return nil
    case (let certificate?, let key?):
      guard !arguments.has(stdio) else {
        throw CommandFailure(.usage, "--stdio and --tls-cert exclude each other")
      }
      return TLSFiles(certificate: context.path(certificate), key: context.path(key))
    default: throw CommandFailure(.usage, "--tls-cert and --tls-key belong together")
    }
  }
}

/// One run of the command.
@LoopActor
private struct ServeRun {
  let context: CommandContext
  let wish: ServeWish
  let wantsJSON: Bool

  init(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandFailure) {
    let isStdio = arguments.has(ServeRows.stdio)
    let listen = arguments[ServeRows.listen] ?? arguments[ServeRows.http]
    if isStdio, listen != nil {
      throw CommandFailure(.usage, "--stdio and --listen exclude each other")
    }
    let address = listen ?? ServeWish.standardAddress
    let recording = try ServeRows.recording(arguments, context)
    var wish = ServeWish(
      system: arguments[ServeRows.system] ?? ServeRows.recorded,
      way: isStdio ? .stdio : .http(address))
    wish.recording = recording
    wish.hasLegacyStream = arguments.has(ServeRows.legacy)
    wish.hosts = arguments.all(ServeRows.host)
    wish.origins = arguments.all(ServeRows.origin)
    wish.publicURL = arguments[ServeRows.publicURL]
    wish.peerURL = arguments[ServeRows.peerURL]
    wish.tls = try ServeRows.tls(arguments, context)
    wish.pageSize = arguments.integer(ServeRows.pageSize)
    try ServeAuthorization.fill(&wish, arguments, context)
    let isOpen =
      (wish.system == "conformance" || recording != nil) && !wish.needsKey
      && wish.authorization == nil
    let isNamed = arguments.has(ServeWorld.data) || arguments.has(RecordRows.store)
    if !isOpen || isNamed {
      wish.records = try ServeWorld.records(arguments, context)
    }
    wish.world = ServeWorld.options(arguments, context, of: wish.system)
    wish.api = try ServeWorld.backend(arguments, context, of: wish.system)
    wish.program = Release.version
    self.context = context
    self.wish = wish
    wantsJSON = arguments.has(.json)
  }

  func run() async throws(CommandFailure) -> ExitCode {
    do throws(OperationFailure) {
      try await Serving.open(wish).run { began($0) }
      return .ok
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Standard output belongs to the protocol where that is the way.
  private func began(_ serving: Serving) {
    if let api = wish.api {
      context.errors.line("proxying to \(SafeText(api.url).text)")
      context.errors.flush()
    }
    guard wish.way != .stdio else { return }
    if serving.isExposed {
      context.errors.line("other machines can reach this server")
      context.errors.flush()
    }
    for address in serving.openAddresses {
      let json: JSON = ["listening": .string(address)]
      context.output.line(wantsJSON ? json.compact : "listening on \(address)")
    }
    context.output.flush()
    for (name, value) in serving.callerHeaders {
      context.errors.line("callers also send \(name), as in -H '\(name): \(value)'")
      context.errors.flush()
    }
  }
}
