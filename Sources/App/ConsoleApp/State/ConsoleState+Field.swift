import Widgets

extension ConsoleState {
  /// Edits the text field that has the focus and lets its owner follow; false where there is none or it does not know the key.
  mutating func edit(_ change: (inout TextField) -> Bool) -> Bool {
    if var help {
      guard change(&help.filter) else { return false }
      help.selected.move(.first, height: 1)
      self.help = help
      return true
    }
    guard screen == .servers, servers.isFilterFocused, change(&servers.filter) else { return false }
    servers.refilter(height: ServersLayout(self).rows)
    return true
  }
}
