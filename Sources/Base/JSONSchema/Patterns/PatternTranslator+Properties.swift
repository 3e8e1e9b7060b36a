extension PatternTranslator {
  /// The long names of the general categories; PCRE2 knows only the short ones.
  private static let categories: [String: String] = [
    "Cased_Letter": "L&", "LC": "L&", "Close_Punctuation": "Pe", "Connector_Punctuation": "Pc",
    "Control": "Cc", "cntrl": "Cc", "Currency_Symbol": "Sc", "Dash_Punctuation": "Pd",
    "Decimal_Number": "Nd", "digit": "Nd", "Enclosing_Mark": "Me", "Final_Punctuation": "Pf",
    "Format": "Cf", "Initial_Punctuation": "Pi", "Letter": "L", "Letter_Number": "Nl",
    "Line_Separator": "Zl", "Lowercase_Letter": "Ll", "Mark": "M", "Combining_Mark": "M",
    "Math_Symbol": "Sm", "Modifier_Letter": "Lm", "Modifier_Symbol": "Sk",
    "Nonspacing_Mark": "Mn", "Number": "N", "Open_Punctuation": "Ps", "Other": "C",
    "Other_Letter": "Lo", "Other_Number": "No", "Other_Punctuation": "Po", "Other_Symbol": "So",
    "Paragraph_Separator": "Zp", "Private_Use": "Co", "Punctuation": "P", "punct": "P",
    "Separator": "Z", "Space_Separator": "Zs", "Spacing_Mark": "Mc", "Surrogate": "Cs",
    "Symbol": "S", "Titlecase_Letter": "Lt", "Unassigned": "Cn", "Uppercase_Letter": "Lu",
  ]

  private static let prefixes: [(text: String, replacement: String)] = [
    ("General_Category=", ""), ("gc=", ""), ("Script=", "sc:"), ("sc=", "sc:"),
    ("Script_Extensions=", "scx:"), ("scx=", "scx:"),
  ]

  /// `\p{…}` as PCRE2 spells it; the `p` is behind, the brace stands here.
  mutating func property(_ letter: Unicode.Scalar) throws(PatternProblem) -> String {
    guard take("{") else { throw .unknownEscape("\\" + String(letter)) }
    let name = takeWhile { $0 != "}" }
    guard take("}"), name.unicodeScalars.allSatisfy(Self.isNamePart) else {
      throw .unknownEscape("\\\(letter){\(name)")
    }
    if name == "Assigned" { return letter == "p" ? "\\P{Cn}" : "\\p{Cn}" }
    return "\\\(letter){\(Self.property(named: name))}"
  }

  private static func property(named name: String) -> String {
    for (text, replacement) in prefixes where name.hasPrefix(text) {
      let value = String(name.dropFirst(text.count))
      return replacement + (replacement.isEmpty ? categories[value] ?? value : value)
    }
    return categories[name] ?? name
  }

  private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "=": true
    default: false
    }
  }
}
