/// One step down into a schema: a keyword and what follows it.
struct SchemaStep: Sendable, Hashable {
  enum Token: Sendable, Hashable {
    case none
    case name(String)
    case index(Int)
  }

  let keyword: String
  let token: Token

  init(_ keyword: String, _ token: Token = .none) {
    self.keyword = keyword
    self.token = token
  }

  var pointer: String {
    let start = "/" + PointerText.escaped(keyword)
    return switch token {
    case .none: start
    case .name(let name): start + "/" + PointerText.escaped(name)
    case .index(let index): start + "/" + String(index)
    }
  }
}

extension [SchemaStep] {
  var pointer: String { reduce(into: "") { $0 += $1.pointer } }
}
