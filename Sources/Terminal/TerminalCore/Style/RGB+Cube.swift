extension RGB {
  /// The nearest of the colour cube and the greys of 256 colours.
  package var cubeIndex: UInt8 {
    func step(_ value: UInt8) -> Int { value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40 }
    let spread = Int(max(red, green, blue)) - Int(min(red, green, blue))
    if spread < 12 {
      let grey = (Int(red) + Int(green) + Int(blue)) / 3
      return grey < 8 ? 16 : grey > 243 ? 231 : UInt8(232 + (grey - 8) / 10)
    }
    return UInt8(16 + 36 * step(red) + 6 * step(green) + step(blue))
  }
}
