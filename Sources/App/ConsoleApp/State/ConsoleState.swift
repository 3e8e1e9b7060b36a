import JSON
package import TerminalCore
import Widgets

/// Everything the window knows. It changes only in the reducer.
package struct ConsoleState: Sendable, Hashable {
  package var size: Size
  package var signs: SignSet
  /// Where a person has drilled to; the first is the root and never leaves.
  var route: [Screen] = [Screen(.servers)]
  /// The way that was left last, for the key that goes back there.
  var otherRoute: [Screen]?
  var trail = Trail()
  var undoLog = UndoLog()
  /// What every view remembers while others are shown.
  var views: [Screen: ListState] = [:]
  var servers = ServersState()
  var links: [Link.ID: Link] = [:]
  /// The connection that views without one of their own would show.
  var currentLink: Link.ID?
  /// Everything that was asked of servers in this run, by its number.
  var calls: [CallRecord.ID: CallRecord] = [:]
  /// Their numbers, the oldest first.
  var callOrder: [CallRecord.ID] = []
  var lastCall = 0
  var lastWork = 0
  /// What was made of answers for looking at them.
  var results: [CallRecord.ID: ResultState] = [:]
  /// Forms by the view they are in; they are kept when it is closed.
  var forms: [Screen: FormState] = [:]
  /// Arguments that were kept under names, by the form they are for.
  var presets: JSONObject = [:]
  /// What earlier runs left of views whose servers are not connected yet.
  var session = SessionMemory()
  /// What servers want to know, the oldest first.
  var questions: [PendingQuestion] = []
  /// What was typed for questions that went away.
  var lostAnswers: [LostAnswer] = []
  var wire = WireLog()
  var audit = AuditState()
  var auth = AuthState()
  var office = OfficeState()
  var doctor = DoctorState()
  /// Where a guided tour is; nil without one.
  var tour: TourState?
  var events = EventLog()
  var notes = RowNotes()
  var history = History()
  /// The folder that the program was started in.
  package var folder = ""
  /// When this run began, on the wall's clock.
  var started: Int64 = 0
  var overlay: Overlay?
  /// Servers of project files that a person has agreed to start.
  var agreed: Set<String> = []
  /// What the palette found lately, the newest first.
  var recentTitles: [String] = []
  var status: Status?
  /// Ctrl-C was pressed at rest: once more and the program ends.
  var isQuitArmed = false
  /// The question that was being answered went away: what is typed on is no command of the view below it.
  var isTypingLost = false
  var isMouseOn = false
  var split = SplitState()
  /// Lines that are still to be run, as `--run` gave them.
  var script = Script()
  /// The moment of the action that is being taken; the runtime tells it.
  package var time = ConsoleTime()

  /// What keys mean.
  package var keymap = Keymap.standard
  /// Calls that may change something, and every other change, are refused.
  package var isReadOnly = false
  /// Names of servers where every tool that is not marked read-only is asked about.
  package var production: Set<String> = []
  /// The secrets of wire and audit are shown; no run begins so.
  var isRevealing = false
  /// One line around the frame in the place of three.
  package var hasSmallChrome = false
  /// Nothing of this is real: the header says so.
  package var isDemo = false
  /// The terminal has colours enough for pictures.
  package var showsPictures = true

  /// How the terminal shows pictures in their own pixels; it was asked once the first was looked at.
  var pictureWay: PictureWay?
  var hasAskedForPictures = false
  /// Pixels of a cell.
  var cellSize = Size(width: 8, height: 16)

  package init(size: Size, signs: SignSet = SignSet(), isMouseOn: Bool = false) {
    self.isMouseOn = isMouseOn
    self.size = size
    self.signs = signs
  }

  var screen: Screen { route.last ?? Screen(.servers) }

  /// The connection that the present view is of, else the one that was used last.
  var link: Link? { (screen.link ?? currentLink).flatMap { links[$0] } }

  /// Below this the window is a card that says so.
  static let smallest = Size(width: 40, height: 8)

  var isTooSmall: Bool {
    size.width < Self.smallest.width || size.height < Self.smallest.height
  }
}

/// A moment, as the state needs it.
package struct ConsoleTime: Sendable, Hashable {
  /// Milliseconds of the clock that never jumps.
  package var steady: Int64 = 0
  /// Milliseconds since 1970 UTC.
  package var wall: Int64 = 0

  package init(steady: Int64 = 0, wall: Int64 = 0) {
    self.steady = steady
    self.wall = wall
  }
}
