import CommandLineApp
import ConsoleApp
import EventLoop
import Operations
import Settings
import TerminalCore
import TerminalCurses

/// Opens the window on the terminal of this process and runs it to its end; a demo in a folder that goes with it.
@LoopActor
func openWindow(
  _ wish: WindowWish, _ context: CommandContext
) async throws(CommandFailure) -> ExitCode {
  guard wish.isDemo else { return try await runWindow(wish, context) }
  let folder: DemoFolder
  do throws(OperationFailure) { folder = try DemoFolder(context.environment) } catch {
    throw CommandFailure(.usage, error.sentence)
  }
  defer { folder.remove() }
  var own = context
  own.environment = folder.environment(over: context.environment)
  LoopActor.loop.clock.begin(at: .demo)
  return try await runWindow(wish, own)
}

@LoopActor
private func runWindow(
  _ wish: WindowWish, _ context: CommandContext
) async throws(CommandFailure) -> ExitCode {
  let color = wish.color.flatMap(ColorRequest.init(rawValue:)) ?? .auto
  var settings = Station.Settings.of(context)
  settings.isDemo = wish.isDemo
  let station = Station(settings, loop: LoopActor.loop)
  // The terminal first: whoever waits for the window sees that it comes.
  let (terminal, notice) = try openTerminal(wish, color, context)
  let places = ConfigPlaces(environment: context.environment, directory: context.directory)
  let own = WindowSettings(places: places)
  let bindings = KeyBindings(own)
  let desk = StationDesk(places: places, station: station, isDemo: wish.isDemo)
  let target = wish.target.map { desk.row(of: $0) }
  let look: @LoopActor @Sendable (String?) -> Appearance = { name in
    Appearance.chosen(
      .init(theme: name, color: color, isASCII: wish.isASCII || wish.isAccessible),
      environment: context.environment, colors: terminal.colors, isASCII: terminal.isASCII)
  }
  let isThemeSet = wish.theme != nil || context.environment["ALIDADE_THEME"] != nil
  let appearance = look(isThemeSet ? wish.theme : own.theme)
  terminal.use(appearance.theme)
  var state = ConsoleState(
    size: terminal.size, signs: appearance.signs, isMouseOn: wish.isMouseOn || own.isMouseOn)
  state.keymap = bindings.keymap
  state.isReadOnly = wish.isReadOnly || own.isReadOnly
  state.hasSmallChrome = own.hasSmallChrome
  state.production = Set(own.production)
  state.isDemo = wish.isDemo
  if wish.isTour { state.beginTour() }
  state.folder = context.directory
  state.showsPictures = appearance.theme.depth >= .indexed
  let runtime = ConsoleRuntime(
    state: state,
    terminal: terminal,
    environment: ConsoleEnvironment(
      clock: LoopActor.loop.clock, desk: desk,
      operatorDesk: RecordsDesk(
        environment: context.environment, directory: context.directory, loop: LoopActor.loop,
        station: station, desk: desk)
    ) { look($0) })
  runtime.followTheme(appearance, LoopActor.loop)
  LoopActor.loop.asLastResort { runtime.stop() }
  let notices =
    appearance.notices + own.problems + bindings.problems + (notice.map { [$0] } ?? [])
  switch await runtime.run(notices: notices, target: target, script: wish.script) {
  case .quit: return .ok
  case .cancelled: return .interrupted
  case .terminalLost: throw CommandFailure(.usage, "the terminal is gone")
  }
}

@LoopActor
private func openTerminal(
  _ wish: WindowWish, _ color: ColorRequest, _ context: CommandContext
) throws(CommandFailure) -> (any Terminal, notice: String?) {
  if let folder = StateFolder.path(in: context.environment) {
    CrashReport(folder: folder, head: "alidade \(Release.version)").prepare()
  }
  do throws(TerminalFailure) {
    if wish.isAccessible {
      return (try LinearTerminal(environment: context.environment, loop: LoopActor.loop), nil)
    }
    let terminal = try CursesTerminal(
      environment: context.environment,
      wantsDirect: ColorDepth.wantsDirect(color, context.environment), loop: LoopActor.loop)
    return (terminal, terminal.notice)
  } catch {
    throw CommandFailure(
      .usage, error.sentence, hint: "`alidade help` lists the commands that need no window")
  }
}
