import Arguments
import EventLoop
import JSON
import MCPProtocol
import Operations
import SafeText
import Settings

/// Plays one scenario with the client that all commands use.
@LoopActor
final class ConformanceDriver {
  private let arguments: ParsedArguments
  private let context: CommandContext
  private let setting: ConformanceSetting
  private let feed = EventFeed(clock: LoopActor.loop.clock)
  private var connection: Connection?
  private var tools = ListReport(list: .tools)
  private var failures: [OperationFailure] = []

  /// How long the standing stream may take to open before the calls begin.
  private static let streamLimit = Duration.seconds(2)

  init(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandFailure) {
    self.arguments = arguments
    self.context = context
    setting = try ConformanceSetting(context.environment)
  }

  func run() async throws(CommandFailure) -> ExitCode {
    var settings = Station.Settings.of(context)
    settings.stateFolder = nil
    let station = Station(settings, loop: LoopActor.loop)
    let outcome = await play(on: station)
    await connection?.close()
    await station.close()
    if let failure = outcome ?? failures.first { throw CommandFailure(failure) }
    return .ok
  }

  private func play(on station: Station) async -> OperationFailure? {
    do throws(OperationFailure) {
      let opened = try await station.connect(to: definition, options) { [weak self] in
        self?.take($0)
      }
      connection = opened
      await waitForStream(of: opened)
      for step in setting.scenario.steps { await perform(step, on: opened) }
      return nil
    } catch { return error }
  }

  private var definition: ServerDefinition {
    let url = arguments[TargetRows.target] ?? ""
    var definition = ServerDefinition(name: url, transport: .http, origin: .commandLine)
    definition.url = url
    definition.protocolVersion = setting.version
    return definition
  }

  private var options: ConnectionOptions {
    var options = ConnectionOptions()
    options.features = ClientFeatures(
      roots: true, sampling: true, elicitationForm: true, elicitationURL: true)
    options.roots = [Root(uri: "file:///tmp", name: "tmp")]
    options.yieldsVersion = true
    options.signIn = SignInOffer(
      ConformanceSignIn(setting).order,
      SignInScene(
        show: { _ in },
        step: { [context, arguments] step in
          guard arguments.has(TargetRows.verbose) else { return }
          for line in step.lines { context.errors.line(SafeText(line).text) }
        }))
    return options
  }

  /// A server may ask on the standing stream, and a question before it is open is lost.
  private func waitForStream(of connection: Connection) async {
    guard connection.mayTellUnasked else { return }
    while connection.silence == nil, !connection.isListening {
      guard case .event = await feed.next(within: Self.streamLimit) else { return }
    }
  }

  private func take(_ event: ConnectionEvent) {
    feed.put(event)
    if arguments.has(TargetRows.verbose), let entry = WatchEntry(event) {
      context.errors.line(SafeText(entry.text).text)
    }
    guard case .question(let question) = event else { return }
    connection?.answer(question.id, ConformanceAnswers.answer(to: question.request))
  }

  // MARK: - Steps

  private func perform(_ step: ConformanceScenario.Step, on connection: Connection) async {
    switch step {
    case .listTools:
      await noted { () async throws(OperationFailure) in
        self.tools = try await connection.list(.tools)
      }
    case .callListedTools:
      for (index, tool) in tools.items.enumerated() where tools.rejections[index] == nil {
        let name = tool["name"]?.string ?? ""
        await call(name, ConformanceAnswers.required(by: tool["inputSchema"]), connection)
      }
    case .call(let name): await call(name, [:], connection)
    case .echoSchema(let source, let target):
      await call(target, ["schema": schema(of: source) ?? .null], connection)
    case .callsOfContext:
      for item in setting.context["toolCalls"]?.array ?? [] {
        await call(item["name"]?.string ?? "", item["arguments"] ?? [:], connection)
      }
    case .readResources: await readResources(connection)
    case .getPrompts: await getPrompts(connection)
    }
  }

  private func schema(of tool: String) -> JSON? {
    tools.items.first { $0["name"]?.string == tool }?["inputSchema"]
  }

  private func call(_ name: String, _ arguments: JSON, _ connection: Connection) async {
    await noted { () async throws(OperationFailure) in
      _ = try await connection.callTool(name, arguments, schema: self.schema(of: name))
    }
  }

  private func readResources(_ connection: Connection) async {
    await noted { () async throws(OperationFailure) in
      for item in try await connection.list(.resources).items {
        _ = try await connection.readResource(item["uri"]?.string ?? "")
      }
    }
  }

  private func getPrompts(_ connection: Connection) async {
    await noted { () async throws(OperationFailure) in
      for item in try await connection.list(.prompts).items {
        _ = try await connection.getPrompt(item["name"]?.string ?? "", nil)
      }
    }
  }

  /// A step that fails does not keep the next one from being taken.
  private func noted(
    _ work: @LoopActor () async throws(OperationFailure) -> Void
  ) async {
    do throws(OperationFailure) { try await work() } catch {
      failures.append(error)
      context.errors.line("alidade: \(SafeText(error.sentence).text)")
    }
  }
}
