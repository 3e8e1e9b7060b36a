import Widgets

extension ConsoleState {
  /// Edits the text field that has the focus and lets its owner follow; false where there is none or it does not know the key.
  mutating func edit(_ change: (inout TextField) -> Bool) -> Bool {
    if var overlay {
      let taken = overlay.edit(change, self)
      self.overlay = overlay
      return taken
    }
    if list.isFilterFocused {
      guard change(&list.filter) else { return false }
      refilter()
      return true
    }
    return ScreenRow.of(screen).edit?(&self, change) ?? false
  }
}
