/// The ways of views that were gone, for going back and forth among them.
struct Trail: Sendable, Hashable {
  private static let most = 50

  private(set) var back: [[Screen]] = []
  private(set) var forth: [[Screen]] = []

  /// A way is left for another one by a person's own step.
  mutating func leave(_ route: [Screen]) {
    guard back.last != route else { return }
    back.append(route)
    if back.count > Self.most { back.removeFirst() }
    forth = []
  }

  mutating func goBack(from route: [Screen]) -> [Screen]? {
    guard let last = back.popLast() else { return nil }
    forth.append(route)
    return last
  }

  mutating func goForth(from route: [Screen]) -> [Screen]? {
    guard let next = forth.popLast() else { return nil }
    back.append(route)
    return next
  }
}
