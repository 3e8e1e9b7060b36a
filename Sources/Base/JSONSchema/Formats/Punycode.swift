/// RFC 3492: other letters as ASCII.
enum Punycode {
  private static let base = 36
  private static let firstBias = 72

  static func decode(_ text: some StringProtocol) -> [Unicode.Scalar]? {
    var rest = Array(text.utf8)
    var output: [Unicode.Scalar] = []
    if let mark = rest.lastIndex(of: UInt8(ascii: "-")) {
      output = rest[..<mark].map { Unicode.Scalar($0) }
      rest.removeFirst(mark + 1)
    }
    var code = 128
    var index = 0
    var bias = firstBias
    var digits = rest[...]
    while !digits.isEmpty {
      guard let delta = number(&digits, bias) else { return nil }
      let count = output.count + 1
      bias = adapted(delta, count, isFirst: index == 0 && output.allSatisfy { $0.isASCII })
      index += delta
      code += index / count
      index %= count
      guard code <= 0x10FFFF, let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
      output.insert(scalar, at: index)
      index += 1
    }
    return output
  }

  private static func number(_ digits: inout ArraySlice<UInt8>, _ bias: Int) -> Int? {
    var value = 0
    var weight = 1
    var place = base
    while let byte = digits.popFirst() {
      guard let digit = digit(byte) else { return nil }
      value += digit * weight
      let threshold = threshold(place, bias)
      if digit < threshold { return value }
      weight *= base - threshold
      guard weight < 1 << 32, value < 1 << 32 else { return nil }
      place += base
    }
    return nil
  }

  static func encode(_ scalars: [Unicode.Scalar]) -> String {
    var output = String(String.UnicodeScalarView(scalars.filter(\.isASCII)))
    let basic = output.unicodeScalars.count
    if basic > 0 { output += "-" }
    var code = 128
    var delta = 0
    var bias = firstBias
    var done = basic
    while done < scalars.count {
      guard let next = scalars.lazy.map({ Int($0.value) }).filter({ $0 >= code }).min() else {
        break
      }
      delta += (next - code) * (done + 1)
      code = next
      for scalar in scalars {
        if Int(scalar.value) < code { delta += 1 }
        guard Int(scalar.value) == code else { continue }
        output += text(delta, bias)
        bias = adapted(delta, done + 1, isFirst: done == basic)
        delta = 0
        done += 1
      }
      delta += 1
      code += 1
    }
    return output
  }

  private static func text(_ delta: Int, _ bias: Int) -> String {
    var text = ""
    var rest = delta
    var place = base
    while true {
      let threshold = threshold(place, bias)
      if rest < threshold { return text + letter(rest) }
      text += letter(threshold + (rest - threshold) % (base - threshold))
      rest = (rest - threshold) / (base - threshold)
      place += base
    }
  }

  private static func letter(_ digit: Int) -> String {
    String(Unicode.Scalar(UInt8(digit < 26 ? 97 + digit : 22 + digit)))
  }

  private static func digit(_ byte: UInt8) -> Int? {
    if ASCII.isDigit(byte) { return Int(byte) - 22 }
    return ASCII.isLetter(byte) ? Int(byte | 0x20) - 97 : nil
  }

  private static func threshold(_ place: Int, _ bias: Int) -> Int { min(max(place - bias, 1), 26) }

  private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var bias = 0
    while delta > 455 {
      delta /= 35
      bias += base
    }
    return bias + 36 * delta / (delta + 38)
  }
}
