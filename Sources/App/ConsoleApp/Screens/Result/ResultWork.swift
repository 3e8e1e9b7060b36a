import JSON
import Operations
import Widgets

/// Something that is made of a large answer beside the loop, so that no key waits for it.
package struct ResultWork: Sendable {
  /// What it came to.
  enum Outcome: Sendable {
    case whole(ResultState)
    case lines(ResultState)
    case tree(JSONTree)
    case rows(ListWish, [Int], Haystack?)
  }

  /// What is waited for, as the screen says it.
  enum Wish: Sendable, Hashable {
    case whole
    case lines(ResultState.Making)
    case tree(JSONTree.Change)
    case rows(ListWish)

    var words: String {
      switch self {
      case .whole: "reading all of"
      case .lines: "laying out"
      case .tree: "unfolding"
      case .rows: "filtering"
      }
    }
  }

  /// A wish that is being fulfilled.
  struct Running: Sendable, Hashable {
    let number: Int
    let since: Int64
    let wish: Wish
  }

  package struct Done: Sendable {
    let call: CallRecord.ID
    let number: Int
    let outcome: Outcome
  }

  let call: CallRecord.ID
  let number: Int
  private let make: @Sendable () -> Outcome

  init(_ call: CallRecord.ID, _ number: Int, _ make: @escaping @Sendable () -> Outcome) {
    self.call = call
    self.number = number
    self.make = make
  }

  package func run() -> Done { Done(call: call, number: number, outcome: make()) }
}

extension ResultWork: Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.number == right.number }
  package func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

extension ResultWork.Done: Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.number == right.number }
  package func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

extension ConsoleState {
  /// Begins what the answer that is shown waits for: one thing at a time.
  mutating func startResultWork() -> [Effect] {
    guard let record = call(of: screen), let report = record.report,
      let result = results[record.id], result.running == nil,
      let wish = (result.isStopped ? nil : result.wish)
        ?? list.awaited.map(ResultWork.Wish.rows)
    else { return [] }
    lastWork += 1
    results[record.id]?.running = .init(number: lastWork, since: time.steady, wish: wish)
    let work = ResultWork(record.id, lastWork, outcome(of: wish, result, record, report.result))
    return [.work(work)] + tick()
  }

  /// Something of the large answer that is shown is still to come.
  var isMakingResult: Bool {
    guard let record = call(of: screen), let report = record.report,
      report.bytes > AnswerBeginning.large
    else { return false }
    guard let result = results[record.id] else { return true }
    return result.running != nil || result.wish != nil && !result.isStopped || list.awaited != nil
  }

  private func outcome(
    of wish: ResultWork.Wish, _ result: ResultState, _ record: CallRecord, _ answer: JSON
  ) -> @Sendable () -> ResultWork.Outcome {
    switch wish {
    case .whole:
      let (asked, folds) = (record.pastAsked, session.folds[record.foldKey] ?? [:])
      let (size, keys) = (ResultScreen.size(self), ResultKeys(self))
      return { .whole(result.whole(answer, asked: asked, folds: folds, size, keys)) }
    case .lines(let making):
      return {
        var result = result
        result.make(making) { [] }
        return .lines(result)
      }
    case .tree(let change):
      let tree = result.tree
      return {
        var tree = tree
        tree.make(change)
        return .tree(tree)
      }
    case .rows(let wish):
      let (state, id) = (self, record.id)
      return {
        var state = state
        state.results[id]?.gather()
        return .rows(wish, state.rowsInForce(), state.results[id]?.haystack)
      }
    }
  }

  mutating func take(_ done: ResultWork.Done) -> [Effect] {
    // What was cancelled in the meantime has no taker.
    guard results[done.call]?.running?.number == done.number else { return [] }
    results[done.call]?.running = nil
    switch done.outcome {
    case .whole(let whole): grow(done.call, to: whole)
    case .lines(let made): results[done.call]?.takeLines(of: made)
    case .tree(let tree):
      results[done.call]?.take(tree)
      rememberFolds()
    case .rows(let wish, let rows, let haystack):
      if let haystack { results[done.call]?.keep(haystack) }
      if wish.screen == screen, list.awaited == wish { show(rows) }
    }
    return []
  }

  /// The whole in the place of its beginning: the tab stays where a person has turned to it, and the cursor at the end.
  private mutating func grow(_ id: CallRecord.ID, to whole: ResultState) {
    let isShown = call(of: screen)?.id == id
    let wasLast = list.shown.count > 1 && list.selected.cursor == list.shown.count - 1
    let tab = results[id]?.tab
    if let tab, results[id]?.wasTurned == true, whole.tab != tab, whole.tabs.contains(tab) {
      var other = whole
      other.turn(to: tab)
      results[id]?.grow(to: other)
    } else {
      results[id]?.grow(to: whole)
    }
    guard isShown, wasLast, tab == whole.tab else { return }
    settle()
    moveCursor(.last)
  }

  /// Takes what runs for the answer that is shown; it begins again once all of it is wanted.
  mutating func stopResultWork() -> [Effect] {
    guard let id = call(of: screen)?.id else { return [] }
    results[id]?.stop()
    list.awaited = nil
    let more = results[id]?.isStopped == true ? "; \(key(of: "result.all")) goes on" : ""
    return say(.info, "stopped" + more)
  }
}
