import Operations
import TerminalCore
import Widgets

/// The scopes of a server's tools as a grid: a row for each tool below one for the sign-in, a column for each scope.
struct ScopeGrid: Sendable, Hashable {
  enum Standing: CaseIterable {
    case granted, missing, unknown, unneeded

    func sign(_ signs: SignSet) -> String {
      switch self {
      case .granted: signs[.on]
      case .missing: signs[.off]
      case .unknown: "?"
      case .unneeded: signs.isASCII ? "." : "·"
      }
    }

    var role: Role {
      switch self {
      case .granted: .scopeGranted
      case .missing: .scopeMissing
      case .unknown: .stateWarn
      case .unneeded: .scopeUnused
      }
    }

    var words: String {
      switch self {
      case .granted: "granted"
      case .missing: "missing"
      case .unknown: "unknown"
      case .unneeded: "not needed"
      }
    }
  }

  struct Cell {
    var standing = Standing.unneeded
    var sources: [ScopeMatrix.Source] = []

    /// What is drawn of it: its standing, and a letter for each place that it is known from.
    func text(_ signs: SignSet) -> String {
      let letters = sources.map { String($0.letter) }.joined()
      return standing.sign(signs) + (letters.isEmpty ? "" : " " + letters)
    }
  }

  let matrix: ScopeMatrix
  let scopes: [String]
  /// The places that anything of it is known from.
  private(set) var sources: Set<ScopeMatrix.Source> = []
  private(set) var widestName = 0
  /// The columns of a terminal that the widest cell of each scope takes.
  private(set) var widestCells: [Int] = []

  init(_ matrix: ScopeMatrix) {
    self.matrix = matrix
    var seen: Set<String> = []
    let all = matrix.scopes.map(\.scope) + matrix.rows.flatMap { $0.needs.map(\.scope) }
    scopes = all.filter { seen.insert($0).inserted }
    let cells = scopes.indices.map { column in (0..<count).map { cell($0, column) } }
    sources = Set(cells.joined().flatMap(\.sources))
    widestName = (0..<count).map { CharacterWidth.of(name($0)) }.max() ?? 0
    widestCells = cells.map { ($0.map(\.sources.count).max() ?? 0) + 2 }
  }

  /// The sign-in's own row and the tools.
  var count: Int { matrix.rows.count + 1 }

  func tool(_ row: Int) -> ScopeMatrix.Row? {
    matrix.rows.indices.contains(row - 1) ? matrix.rows[row - 1] : nil
  }

  func name(_ row: Int) -> String {
    row == 0 ? "(granted)" : tool(row)?.tool ?? "(every call)"
  }

  /// What a filter looks for in a row.
  func fields(_ row: Int) -> [String] { [name(row)] + (tool(row)?.needs.map(\.scope) ?? []) }

  func cell(_ row: Int, _ column: Int) -> Cell {
    guard scopes.indices.contains(column) else { return Cell() }
    let scope = scopes[column]
    if row == 0 {
      let grant = matrix.scopes.first { $0.scope == scope }
      let isGranted = grant?.isGranted ?? (matrix.grantedFrom == nil ? nil : false)
      return Cell(standing: Self.standing(isGranted), sources: grant?.sources ?? [])
    }
    guard let need = tool(row)?.needs.first(where: { $0.scope == scope }) else { return Cell() }
    return Cell(standing: Self.standing(need.isGranted), sources: need.sources)
  }

  private static func standing(_ isGranted: Bool?) -> Standing {
    isGranted.map { $0 ? .granted : .missing } ?? .unknown
  }

  /// A cell in a sentence, with where each part of it is known from.
  func sentence(_ row: Int, _ column: Int) -> String {
    guard scopes.indices.contains(column) else {
      return "nothing says which scopes there are"
    }
    let (scope, cell) = (scopes[column], cell(row, column))
    let from = cell.sources.map(\.words).joined(separator: ", ")
    if row == 0 { return grantSentence(scope, cell, from) }
    let name = tool(row)?.tool ?? "every call"
    let unlisted = tool(row)?.isListed == false && row > 0 && tool(row)?.tool != nil
    let aside = unlisted ? "; the server does not list it to you" : ""
    switch cell.standing {
    case .unneeded:
      let isSilent = tool(row)?.needs.isEmpty ?? true
      return isSilent
        ? "nothing says what \(name) needs\(aside)"
        : "nothing says that \(name) needs \(scope)\(aside)"
    case .granted: return "\(name) needs \(scope), which is granted; known from \(from)\(aside)"
    case .missing: return "\(name) needs \(scope), which is missing; known from \(from)\(aside)"
    case .unknown:
      return
        "\(name) needs \(scope); nothing says whether it is granted; known from \(from)\(aside)"
    }
  }

  private func grantSentence(_ scope: String, _ cell: Cell, _ from: String) -> String {
    let known = from.isEmpty ? "" : "; known from \(from)"
    return switch cell.standing {
    case .granted: "\(scope) is granted\(known)"
    case .unknown: "nothing says whether \(scope) is granted\(known)"
    case .missing, .unneeded: "\(scope) is not granted\(known)"
    }
  }
}

extension ScopeMatrix.Source {
  var letter: Character {
    switch self {
    case .descriptor: "d"
    case .meta: "m"
    case .challenge: "c"
    case .refusal: "r"
    case .metadata: "p"
    case .request: "q"
    case .answer: "a"
    case .claims: "t"
    }
  }

  var words: String {
    switch self {
    case .descriptor: "the server's descriptor"
    case .meta: "the tool's _meta or security schemes"
    case .challenge: "the challenge"
    case .refusal: "a call that was refused (403)"
    case .metadata: "the resource's metadata"
    case .request: "what the sign-in asked for"
    case .answer: "the answer that brought the token"
    case .claims: "the token's claims"
    }
  }
}
