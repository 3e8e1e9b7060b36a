import MockBackend
import TerminalCore
import Widgets

/// The operator's lists: asking for them, and what comes.
extension ConsoleState {
  private static let glance = 1000

  mutating func ask(_ wish: OfficeWish) -> [Effect] {
    if isReadOnly, wish.isWrite { return say(.warning, ReadOnly.reason) }
    switch wish {
    case .approvals: office.approvals.ask()
    case .keys: office.keys.ask()
    case .consents: office.consents.ask()
    case .faults: office.faults.ask()
    default: break
    }
    return [.operate(.office(wish))]
  }

  /// Asks for what an operator's view shows, and again while it is shown.
  mutating func openOffice(_ wish: OfficeWish) -> [Effect] {
    ask(wish) + [.startTimer(.office, milliseconds: Self.glance)]
  }

  mutating func glanceAtOffice() -> [Effect] {
    if let wish = OfficeWish.list(of: screen.id) { return openOffice(wish) }
    if screen.id == .dashboard { return openDashboard() }
    // Seconds are counted down; nothing is asked for.
    let isCounting =
      screen.id == .auth || screen.id == .authServer
      || screen.id == .doctor && doctor.run.isRunning
    return isCounting ? [.startTimer(.office, milliseconds: Self.glance)] : []
  }

  mutating func take(_ news: OfficeNews) -> [Effect] {
    switch news {
    case .approvals(let items):
      let before = Set(office.approvals.items.filter { $0.state == .pending }.map(\.id))
      let isFirst = office.approvals.revision == 0
      office.approvals.take(items)
      let new = items.first { $0.state == .pending && !before.contains($0.id) }
      guard !isFirst, let new else { return [] }
      return say(.warning, "\(new.id) waits: \(new.summary)")
    case .keys(let items): office.keys.take(items)
    case .consents(let items): office.consents.take(items)
    case .faults(let items): office.faults.take(items)
    case .minted(let minted):
      office.minted = minted
      return ask(.keys) + enter(Screen(.mintedKey))
    case .done(let sentence): return say(.info, sentence) + glanceAtOffice()
    }
    return []
  }

  mutating func takeRefusal(_ wish: OfficeWish, _ refusal: OfficeRefusal) -> [Effect] {
    switch wish {
    case .approvals: office.approvals.fail(refusal.sentence)
    case .keys: office.keys.fail(refusal.sentence)
    case .consents: office.consents.fail(refusal.sentence)
    case .faults: office.faults.fail(refusal.sentence)
    default: return say(.error, refusal.sentence)
    }
    return []
  }
}

extension OfficeWish {
  static func list(of screen: ScreenID) -> OfficeWish? {
    switch screen {
    case .approvals: .approvals
    case .keys: .keys
    case .consents: .consents
    case .faults: .faults
    default: nil
    }
  }
}

/// What an operator's list says where it is empty.
enum OfficeWords {
  private static func empty<Item>(
    _ held: Held<Item>, _ title: String, _ line: String, _ state: ConsoleState
  ) -> TextView {
    var text = Lines(signs: state.signs)
    switch held.phase {
    case .unasked, .asked: text.plain("looking", .dim)
    case .failed(let sentence):
      text.plain("It cannot be read.", .title)
      text.block(sentence, .error)
      text.plain("\(state.key(of: "view.refresh")) tries again.", .dim)
    case .here:
      text.plain(title, .title)
      text.plain(line)
    }
    return text.text
  }

  /// One of the operator's lists: what it holds, or why it holds nothing.
  static func draw<Item>(
    _ title: String, _ held: Held<Item>, nothing: String, _ way: String, remark: [Span] = [],
    _ source: ListSource, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    ListScreenView(
      title: title, empty: empty(held, nothing, way, state), remark: failure(held) + remark
    ).draw(state, source, on: &canvas)
  }

  private static func failure<Item>(_ held: Held<Item>) -> [Span] {
    if case .failed = held.phase { return [Span("FAILED", .stateError)] }
    return []
  }

  /// The time of day with its date, in UTC.
  static func moment(_ description: String) -> String {
    String(description.prefix(16)).replacing("T", with: " ")
  }
}
