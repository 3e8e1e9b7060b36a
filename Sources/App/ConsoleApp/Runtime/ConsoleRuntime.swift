package import EventLoop
import Operations
package import TerminalCore

/// Runs the window: feeds the reducer, carries out its effects, and paints what came of it.
@LoopActor
package final class ConsoleRuntime {
  /// How a window came to its end.
  package enum End: Sendable, Hashable {
    case quit
    case terminalLost
    case cancelled
  }

  package private(set) var state: ConsoleState
  private let terminal: any Terminal
  private let environment: ConsoleEnvironment
  private var painter = FramePainter()
  private var shownPicture: PlacedPicture?
  private var spoken = SpokenView()
  private var themes: ThemeWatch?
  private var themeName = ""
  private var schedule = PaintSchedule()
  private var needsPaint = false
  private var paintTimer: LoopTimer?
  private var timers: [TimerID: LoopTimer] = [:]
  private var loading: Task<Void, Never>?
  private lazy var switchboard = Switchboard(desk: environment.desk, clock: environment.clock) {
    [unowned self] in take(.action($0))
  }
  private lazy var operatorBoard = OperatorBoard(desk: environment.operatorDesk) {
    [unowned self] in take(.action(.operated($0)))
  }
  private var end: End?
  private var whenEnded: CheckedContinuation<End, Never>?

  package init(state: ConsoleState, terminal: any Terminal, environment: ConsoleEnvironment) {
    self.state = state
    self.terminal = terminal
    self.environment = environment
  }

  /// Runs until a person quits, the terminal is lost or the task is cancelled; the terminal is given back before it returns.
  package func run(
    notices: [String] = [], target: ServerRow? = nil, script: [String] = []
  ) async -> End {
    terminal.start { [unowned self] in take(.terminal($0)) }
    take(.action(.keptLoaded(environment.desk.kept())))
    take(.action(.started(notices: notices, target: target, script: script)))
    let end = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<End, Never>) in
        if let end = self.end {
          continuation.resume(returning: end)
        } else {
          whenEnded = continuation
        }
      }
    } onCancel: {
      Task { @LoopActor in self.finish(.cancelled) }
    }
    stop()
    environment.desk.keep(state.kept)
    operatorBoard.close()
    await switchboard.closeAll()
    return end
  }

  /// Follows the file of the theme that is drawn in.
  package func followTheme(_ look: Appearance, _ loop: EventLoop) {
    themeName = look.name
    themes = ThemeWatch(loop, look.folders) { [unowned self] in useTheme(themeName) }
    themes?.follow(look.name)
  }

  /// Gives the terminal back at once; for a process that is made to end.
  package func stop() {
    loading?.cancel()
    themes = nil
    timers = [:]
    paintTimer = nil
    terminal.stop()
  }

  private func finish(_ reason: End) {
    guard end == nil else { return }
    end = reason
    whenEnded?.resume(returning: reason)
    whenEnded = nil
  }

  // MARK: - Events

  private func take(_ event: ConsoleEvent) {
    guard end == nil else { return }
    switch event {
    case .action(let action): apply([action], .news)
    case .terminal(.input(let inputs)): apply(inputs.map(Action.input), .input)
    case .terminal(.resized): takeSize()
    case .terminal(.drained): paintIfNeeded(.input)
    case .terminal(.suspendRequested): apply([.suspendRequested], .input)
    case .terminal(.lost): finish(.terminalLost)
    }
  }

  /// Everything at hand goes through the reducer before the one frame that shows it.
  private func apply(_ actions: [Action], _ urgency: PaintSchedule.Urgency) {
    state.time = ConsoleTime(
      steady: environment.clock.now.nanoseconds / 1_000_000,
      wall: environment.clock.wallTime.microseconds / 1000)
    for action in actions where end == nil {
      for effect in Reducer.reduce(&state, action) { carryOut(effect) }
    }
    needsPaint = true
    paintIfNeeded(urgency)
  }

  private func takeSize() {
    terminal.resize()
    painter.forget()
    apply([.resized(terminal.size)], .news)
  }

  // MARK: - Effects

  private func carryOut(_ effect: Effect) {
    switch effect {
    case .loadServers: load()
    case .connect(let id, let attempt, let definition):
      switchboard.connect(id, attempt: attempt, definition)
    case .disconnect(let id): switchboard.disconnect(id)
    case .load(let id, let attempt, let list): switchboard.load(id, attempt: attempt, list)
    case .call(let id, let link, let order): switchboard.call(id, link, order)
    case .cancelCall(let id): switchboard.cancel(id)
    case .answer(let link, let question, let answer): switchboard.answer(link, question, answer)
    case .loadHistory(let before): switchboard.loadHistory(before: before)
    case .edit(let text, let goal): edit(text, goal)
    case .subscribe(let id, let uri, let isOn):
      switchboard.subscribe(id, attempt: state.links[id]?.attempt ?? 0, uri, isOn)
    case .weigh(let id): switchboard.weigh(id, attempt: state.links[id]?.attempt ?? 0)
    case .complete(let link, let question, let screen):
      switchboard.complete(link, question, screen)
    case .addServer(let words):
      switchboard.change { () throws(TargetRefusal) in try environment.desk.addServer(words) }
    case .importServer(let definition):
      switchboard.change { () throws(TargetRefusal) in
        try environment.desk.importServer(definition)
      }
    case .keep(let json): environment.desk.keep(json)
    case .show(let text, let way): show(text, way)
    case .write(let path, let bytes): write(bytes, to: path)
    case .open(let thing): open(thing)
    case .work(let work): begin(work)
    case .useTheme(let name): useTheme(name)
    case .continueScript: apply([.scriptContinues], .news)
    case .findTarget(let words): switchboard.findTarget(words)
    case .copy(let text): terminal.copy(text)
    case .startTimer(let id, let milliseconds): start(id, milliseconds)
    case .cancelTimer(let id): timers[id] = nil
    case .repaint: forgetScreen()
    case .setMouse(let isOn): terminal.setMouse(isOn)
    case .askForPictures: terminal.askForPictures()
    case .suspend: terminal.suspend()
    case .quit: finish(.quit)
    case .operate(let effect): operatorBoard.carryOut(effect)
    }
  }

  private func load() {
    loading?.cancel()
    loading = Task { [environment, weak self] in
      let report = await environment.desk.servers()
      if !Task.isCancelled { self?.take(.action(.serversLoaded(report))) }
    }
  }

  /// The terminal is the editor's until it ends.
  private func edit(_ text: EditorText, _ goal: EditGoal) {
    terminal.handOver()
    Task { @LoopActor [weak self, environment] in
      let action: Action
      do throws(OperationFailure) {
        action = .edited(goal, try await environment.desk.edit(text))
      } catch {
        action = .editorFailed(error.sentence)
      }
      guard let self, end == nil else { return }
      terminal.takeBack()
      take(.action(action))
    }
  }

  /// The terminal is a pager's until it ends.
  private func show(_ text: String, _ way: ShowWay) {
    terminal.handOver()
    Task { @LoopActor [weak self, environment] in
      var failure: OperationFailure?
      do throws(OperationFailure) { try await environment.desk.show(text, way) } catch {
        failure = error
      }
      guard let self, end == nil else { return }
      terminal.takeBack()
      if let failure { take(.action(.refused(failure.sentence))) }
    }
  }

  private func write(_ bytes: [UInt8], to path: String) {
    let action: Action
    do throws(OperationFailure) {
      action = .wrote(path: try environment.desk.write(bytes, to: path), bytes: bytes.count)
    } catch {
      action = .refused(error.sentence)
    }
    apply([action], .news)
  }

  /// A thread of its own, for nothing of it may make a key wait.
  private func begin(_ work: ResultWork) {
    Task { @LoopActor [weak self] in
      let done: ResultWork.Done
      do { done = try await LoopActor.loop.blocking("answer") { work.run() } } catch { return }
      self?.take(.action(.worked(done)))
    }
  }

  private func open(_ thing: Outside) {
    let action: Action
    do throws(OperationFailure) { action = .opened(try environment.desk.open(thing)) } catch {
      action = .refused([error.sentence, error.hint].compactMap(\.self).joined(separator: "; "))
    }
    apply([action], .news)
  }

  /// Draws in that theme, and again whenever its file is written.
  private func useTheme(_ name: String) {
    guard let look = environment.look?(name) else { return }
    themeName = look.name
    themes?.follow(look.name)
    terminal.use(look.theme)
    forgetScreen()
    apply([.themed(name, look.signs, notices: look.notices)], .news)
  }

  private func start(_ id: TimerID, _ milliseconds: Int) {
    timers[id] = environment.clock.timer(after: .milliseconds(milliseconds)) { [unowned self] in
      timers[id] = nil
      take(.action(.timerFired(id)))
    }
  }

  // MARK: - Painting

  private func paintIfNeeded(_ urgency: PaintSchedule.Urgency) {
    // A slow terminal still writes the frame before; its end brings us back here.
    guard needsPaint, end == nil, terminal.isReady else { return }
    guard let delay = schedule.delay(urgency, now: environment.clock.now) else { return paint() }
    if paintTimer != nil, urgency == .news { return }
    paintTimer = environment.clock.timer(after: delay) { [unowned self] in
      paintTimer = nil
      if needsPaint, end == nil, terminal.isReady { paint() }
    }
  }

  private func paint() {
    needsPaint = false
    paintTimer = nil
    schedule.painted(at: environment.clock.now)
    show(terminal)
  }

  private func show(_ device: some Terminal) {
    if device.isLinear {
      let lines = spoken.lines(state)
      if !lines.isEmpty { device.say(lines) }
      return
    }
    let grid = ConsoleView.draw(state)
    let picture = state.placedPicture
    let (isGone, way) = (shownPicture != nil && picture != shownPicture, state.pictureWay)
    // Sixels are taken away by painting over them.
    if isGone, way == .sixel { forgetScreen() }
    let isWhole = painter.isFresh
    painter.show(grid, on: device)
    guard let way, isGone || isWhole || picture != shownPicture else { return }
    if isGone || picture != nil { device.show(picture, way) }
    shownPicture = picture
  }

  private func forgetScreen() {
    terminal.invalidate()
    painter.forget()
  }
}
