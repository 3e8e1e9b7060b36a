import JSON
import Testing

@Suite struct JSONNumberTests {
  private func number(_ text: String) -> JSONNumber { JSONNumber(text: text) ?? JSONNumber(-999) }

  private func check(_ left: String, equals right: String) {
    #expect(number(left) == number(right), "\(left) == \(right)")
    #expect(number(left).hashValue == number(right).hashValue, "\(left) # \(right)")
    #expect(JSON.number(number(left)).canonical == JSON.number(number(right)).canonical)
    #expect(!(number(left) < number(right)) && !(number(right) < number(left)))
  }

  @Test func `numbers are equal by value however they are written`() {
    check("1.0", equals: "1")
    check("1e2", equals: "100")
    check("100E-2", equals: "1")
    check("0.10", equals: "0.1")
    check("-0", equals: "0")
    check("-0.0e9", equals: "0e999999999999999999999")
    check("1e400", equals: "10e399")
    check("1e-400", equals: "0.1e-399")
    check("123456789012345678901234567890", equals: "123456789012345678901234567.890e3")
    check("1e999999999", equals: "10e999999998")
    check("1e99999999999999999999999", equals: "1.0E+099999999999999999999999")
  }

  private func check(_ smaller: String, isBelow larger: String) {
    #expect(number(smaller) < number(larger), "\(smaller) < \(larger)")
    #expect(!(number(larger) < number(smaller)), "\(larger) >= \(smaller)")
    #expect(number(smaller) != number(larger), "\(smaller) != \(larger)")
  }

  @Test func `numbers are ordered without rounding`() {
    check("1", isBelow: "2")
    check("-2", isBelow: "-1")
    check("-1", isBelow: "0")
    check("0", isBelow: "1e-99999999999999999999999")
    check("0.1", isBelow: "0.10000000000000000000000001")
    check("9007199254740992", isBelow: "9007199254740993")
    check("9007199254740992.0", isBelow: "9007199254740993.0")
    check("1e400", isBelow: "1e401")
    check("-1e401", isBelow: "-1e400")
    check("1e-401", isBelow: "1e-400")
    check("99", isBelow: "1e999999999")
    check("1e999999999", isBelow: "1e9999999999999999999999")
    check("1e9999999999999999999998", isBelow: "1e9999999999999999999999")
    check("1e-9999999999999999999999", isBelow: "1e-9999999999999999999998")
    check("-1e9999999999999999999999", isBelow: "1e-9999999999999999999998")
  }

  @Test func `a number knows whether it is an integer and which`() {
    let rows: [(String, Bool, Int?)] = [
      ("1", true, 1), ("1.0", true, 1), ("1.5", false, nil), ("15e-1", false, nil),
      ("1.50e1", true, 15), ("1e2", true, 100), ("-1e2", true, -100), ("0.0", true, 0),
      ("9223372036854775807", true, .max), ("-9223372036854775808.0", true, .min),
      ("9223372036854775808", true, nil), ("1e400", true, nil), ("1e-400", false, nil),
      ("1e99999999999999999999", true, nil), ("1e-99999999999999999999", false, nil),
    ]
    for (text, isInteger, int) in rows {
      #expect(number(text).isInteger == isInteger, "\(text)")
      #expect(number(text).int == int, "\(text)")
    }
  }

  @Test func `multiples are decided in decimal`() {
    let rows: [(String, String, Bool?)] = [
      ("0.0075", "0.0001", true), ("0.00751", "0.0001", false), ("4.5", "1.5", true),
      ("35", "1.5", false), ("0", "0.1", true), ("-9", "3", true), ("10", "-5", true),
      ("7", "0", false), ("0.3", "0.1", true), ("1.1", "0.1", true),
      ("1e308", "0.123456789", false), ("1e308", "0.5", true), ("1e308", "3", false),
      ("1e400", "1e-400", true), ("1e-400", "1e400", false), ("12391239123", "1e-8", true),
      ("123456789012345678901234567890", "123456789012345678901234567890", true),
      ("246913578024691357802469135780", "123456789012345678901234567890", true),
      ("246913578024691357802469135781", "123456789012345678901234567890", false),
      ("1e40", "1234567890123456789012", false), ("1e70", "1208925819614629174706176e-10", true),
      ("1e69", "1208925819614629174706176e-10", false),
      ("1e99999999999999999999", "2", true), ("1e99999999999999999999", "3", false),
      ("3", "1e99999999999999999999", false), ("1", "1e-99999999999999999999", true),
      (String(repeating: "7", count: 30_000), String(repeating: "3", count: 300), false),
      (String(repeating: "6", count: 30_000), String(repeating: "3", count: 300), true),
      (String(repeating: "9", count: 10_000), String(repeating: "3", count: 10_000), true),
      (String(repeating: "1", count: 10_000), "0." + String(repeating: "3", count: 9_999), false),
      (String(repeating: "1", count: 1_000_000), String(repeating: "7", count: 1_000), nil),
    ]
    for (value, unit, expected) in rows {
      #expect(number(value).isMultiple(of: number(unit)) == expected, "\(value) of \(unit)")
    }
  }

  @Test func `long divisions agree with products`() {
    var random = RandomJSON(seed: 20)
    func digits() -> [Int] {
      [1 + random.below(9)]
        + (0..<random.below(80)).map { _ in [0, 9, random.below(10)][random.below(3)] }
    }
    func text(_ digits: [Int]) -> String { digits.map(String.init).joined() }
    for _ in 0..<200 {
      let left = digits()
      let right = digits()
      var product = [Int](repeating: 0, count: left.count + right.count)
      for (i, a) in left.enumerated() {
        for (j, b) in right.enumerated() { product[i + j + 1] += a * b }
      }
      for index in product.indices.dropFirst().reversed() {
        product[index - 1] += product[index] / 10
        product[index] %= 10
      }
      let exact = text(Array(product.drop { $0 == 0 }))
      #expect(number(exact).isMultiple(of: number(text(left))) == true, "\(exact) of \(left)")
      guard left != [1] else { continue }
      let last = product.count - 1
      product[last] += product[last] == 9 ? -1 : 1
      let beside = text(Array(product.drop { $0 == 0 }))
      #expect(number(beside).isMultiple(of: number(text(left))) == false, "\(beside) of \(left)")
    }
  }

  @Test func `only JSON's own grammar makes a number of a text`() {
    for text in ["", " 1", "1 ", "01", "+1", ".5", "5.", "0x10", "NaN", "null", "1e", "[1]"] {
      #expect(JSONNumber(text: text) == nil, "\(text)")
    }
  }

  @Test func `machine numbers become JSON numbers`() {
    let rows: [(JSONNumber, String)] = [
      (JSONNumber(5), "5"), (JSONNumber(UInt64.max), "18446744073709551615"),
      (JSONNumber(1.0), "1"), (JSONNumber(0.1), "0.1"), (JSONNumber(-0.0), "0"),
      (JSONNumber(1e300), "1e+300"), (JSONNumber(Double.infinity), "0"),
      (JSONNumber(Double.nan), "0"),
    ]
    for (number, text) in rows { #expect(number.text == text) }
    #expect(number("1e400").double == .infinity)
    #expect(number("0.1").double == 0.1)
  }
}

struct JSONNumberHashTests {
  @Test func `long numbers that round alike hash apart`() {
    let numbers = (0..<200).map {
      JSON.number(JSONNumber(10_000_000_000_000_000_000 as UInt64 + $0))
    }
    #expect(Set(numbers.map(\.hashValue)).count > 190)
    #expect(Set(numbers).count == 200)
  }
}
