import CommandLineApp
import ConsoleApp
import EventLoop
import Operations
import Settings
import TerminalCore
import TerminalCurses

/// Opens the window on the terminal of this process and runs it to its end.
@LoopActor
func openWindow(
  _ wish: WindowWish, _ context: CommandContext
) async throws(CommandFailure) -> ExitCode {
  let color = wish.color.flatMap(ColorRequest.init(rawValue:)) ?? .auto
  let desk = StationDesk(
    places: ConfigPlaces(environment: context.environment, directory: context.directory),
    station: Station(.of(context), loop: LoopActor.loop))
  let target = wish.target.map { desk.row(of: $0) }
  let terminal = try openTerminal(color, context)
  let appearance = Appearance.chosen(
    .init(theme: wish.theme, color: color, isASCII: wish.isASCII),
    environment: context.environment, colors: terminal.colors, isASCII: terminal.isASCII)
  terminal.use(appearance.theme)
  let runtime = ConsoleRuntime(
    state: ConsoleState(
      size: terminal.size, signs: appearance.signs, isMouseOn: wish.isMouseOn),
    terminal: terminal,
    environment: ConsoleEnvironment(clock: LoopActor.loop.clock, desk: desk))
  LoopActor.loop.asLastResort { runtime.stop() }
  let notices = appearance.notices + (terminal.notice.map { [$0] } ?? [])
  switch await runtime.run(notices: notices, target: target) {
  case .quit: return .ok
  case .cancelled: return .interrupted
  case .terminalLost: throw CommandFailure(.usage, "the terminal is gone")
  }
}

@LoopActor
private func openTerminal(
  _ color: ColorRequest, _ context: CommandContext
) throws(CommandFailure) -> CursesTerminal {
  do throws(TerminalFailure) {
    return try CursesTerminal(
      environment: context.environment,
      wantsDirect: ColorDepth.wantsDirect(color, context.environment), loop: LoopActor.loop)
  } catch {
    throw CommandFailure(
      .usage, error.sentence, hint: "`alidade help` lists the commands that need no window")
  }
}
