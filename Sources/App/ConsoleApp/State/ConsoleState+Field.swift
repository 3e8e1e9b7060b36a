import Widgets

extension ConsoleState {
  /// Edits the text field that has the focus and lets its owner follow; false where there is none or it does not know the key.
  mutating func edit(_ input: TextInput) -> Bool {
    if var overlay {
      let taken = overlay.edit(input, self)
      self.overlay = overlay
      return taken
    }
    if list.isFilterFocused {
      guard list.filter.take(input) else { return false }
      refilter()
      return true
    }
    return ScreenRow.of(screen).edit?(&self, input) ?? false
  }
}
