/// The part of YAML that settings files use: block and flow collections, plain, quoted and block scalars.
///
/// Anchors, aliases, tags and complex keys are refused with their place, never guessed at.
package enum YAML {
  package static func parse(_ bytes: [UInt8]) throws(ConfigSyntaxError) -> ConfigNode {
    var reader = YAMLReader(String(decoding: bytes, as: UTF8.self))
    do throws(YAMLFailure) {
      return try reader.document()
    } catch {
      throw ConfigSyntaxError(.yaml, error.problem.sentence, at: reader.position(of: error.index))
    }
  }
}

enum YAMLProblem: Error, Hashable {
  case tab
  case expected(String)
  case indentation
  case unterminated(String)
  case duplicateKey(String)
  case unsupported(String)
  case badEscape(String)
  case tooDeep

  var sentence: String {
    switch self {
    case .tab: "a tab in the indentation: YAML takes spaces only"
    case .expected(let what): "expected \(what)"
    case .indentation: "this line is indented unlike the lines it belongs to"
    case .unterminated(let what): "the \(what) that begins here has no end"
    case .duplicateKey(let key): "the key '\(key)' stands here again"
    case .unsupported(let what): "\(what) are not understood here"
    case .badEscape(let text): "'\\\(text)' is no escape sequence"
    case .tooDeep: "values are nested too deeply"
    }
  }
}

struct YAMLFailure: Error {
  let problem: YAMLProblem
  let index: Int
}
