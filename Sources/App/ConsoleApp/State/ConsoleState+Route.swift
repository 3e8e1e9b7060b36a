/// Going from view to view.
extension ConsoleState {
  mutating func open(_ screen: Screen) {
    route.append(screen)
    if let link = screen.link { currentLink = link }
    settle()
  }

  /// Closes the view that is shown; false at the root.
  mutating func closeView() -> Bool {
    guard route.count > 1 else { return false }
    route.removeLast()
    settle()
    return true
  }

  /// Goes to a way of views as a whole and keeps the one that is left.
  mutating func go(_ new: [Screen]) {
    guard new != route, !new.isEmpty else { return }
    otherRoute = route
    route = new
    if let link = screen.link { currentLink = link }
    settle()
  }

  /// Goes a way that was gone before, as far as it still exists.
  mutating func follow(_ old: [Screen]) -> [Effect] {
    let whole = old.filter(isThere)
    guard !whole.isEmpty else { return [] }
    go(whole)
    return whole == old ? [] : say(.info, "a view on the way is gone")
  }

  /// The way to a view that digits open: directly under the root.
  mutating func goRoot(_ id: ScreenID) {
    let row = ScreenRow.of(id)
    let screen = Screen(id, link: row.isOfLink ? currentLink : nil)
    go(id == .servers ? [Screen(.servers)] : [Screen(.servers), screen])
  }
}
