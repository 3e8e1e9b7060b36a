/// What a TOML 1.0 text does against the grammar or against what it said before.
enum TOMLProblem: Error, Hashable {
  case notUTF8
  case controlCharacter(UInt8)
  case expected(String)
  case unterminated(String)
  case badEscape(String)
  case badScalar(String)
  case badNumber(String)
  case integerTooLarge(String)
  case badDate(String)
  case duplicateKey(String)
  case tableTwice(String)
  case notATable(String)
  case closedTable(String)
  case staticArray(String)
  case tooDeep

  var sentence: String {
    switch self {
    case .notUTF8: "these bytes are no UTF-8"
    case .controlCharacter(let byte): "control character 0x\(String(byte, radix: 16)) in the text"
    case .expected(let what): "expected \(what)"
    case .unterminated(let what): "the \(what) that begins here has no end"
    case .badEscape(let text): "'\\\(text)' is no escape sequence"
    case .badScalar(let text): "U+\(text) is no Unicode character"
    case .badNumber(let text): "'\(text)' is no value: strings need quotes, numbers digits"
    case .integerTooLarge(let text): "\(text) does not fit in 64 bits"
    case .badDate(let text): "'\(text)' is no date or time"
    case .duplicateKey(let key): "the key '\(key)' stands here again"
    case .tableTwice(let name): "the table [\(name)] is defined twice"
    case .notATable(let name): "'\(name)' is a value already, not a table"
    case .closedTable(let name): "'\(name)' is complete already and takes no more keys"
    case .staticArray(let name): "'\(name)' is no array of tables"
    case .tooDeep: "values are nested too deeply"
    }
  }
}

struct TOMLFailure: Error {
  let problem: TOMLProblem
  let offset: Int
}
