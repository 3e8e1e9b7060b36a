extension ControlSequence {
  /// `CSI < buttons ; column ; row M` for a press, `m` for a release.
  var mouse: Mouse? {
    let fields = parameters.dropFirst().split(
      separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    let numbers = fields.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    let isPress = final == UInt8(ascii: "M")
    guard fields.count == 3, numbers.count == 3, isPress || final == UInt8(ascii: "m"),
      numbers.allSatisfy({ 0...100_000 ~= $0 })
    else { return nil }
    let bits = numbers[0]
    return Mouse(
      action: Self.action(bits, isPress: isPress),
      position: Point(x: max(0, numbers[1] - 1), y: max(0, numbers[2] - 1)),
      modifiers: Self.modifiers(bits))
  }

  private static func action(_ bits: Int, isPress: Bool) -> Mouse.Action {
    if bits & 64 != 0 { return .wheel(up: bits & 1 == 0) }
    let buttons: [Mouse.Button] = [.left, .middle, .right, .other]
    let button = buttons[bits & 3]
    if bits & 32 != 0 { return button == .other ? .move : .drag(button) }
    return isPress ? .press(button) : .release(button)
  }

  private static func modifiers(_ bits: Int) -> Key.Modifiers {
    var modifiers: Key.Modifiers = []
    if bits & 4 != 0 { modifiers.insert(.shift) }
    if bits & 8 != 0 { modifiers.insert(.alt) }
    if bits & 16 != 0 { modifiers.insert(.control) }
    return modifiers
  }
}
