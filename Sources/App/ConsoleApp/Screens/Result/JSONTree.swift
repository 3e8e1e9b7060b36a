import JSON

/// A JSON value as rows, as far as it is unfolded; only unfolded parts are walked.
struct JSONTree: Sendable, Hashable {
  struct Row: Sendable, Hashable {
    /// The places of its ancestors and itself among their siblings.
    let path: [Int]
    let key: String?
    let value: JSON
    let isOpen: Bool

    var depth: Int { path.count }
  }

  static let mostRows = 200_000
  /// Arrays and objects up to this size are open from the start, a few levels deep.
  private static let openUpTo = 40
  private static let openDepth = 4

  let root: JSON
  private var open: Set<[Int]> = []
  private(set) var rows: [Row] = []
  private(set) var revision = 0
  /// What a person has unfolded (true) or folded, by pointer.
  private(set) var folds: [String: Bool] = [:]
  private static let mostFolds = 200

  init(_ root: JSON, folds: [String: Bool] = [:]) {
    self.root = root
    openSmall(root, [])
    for (pointer, isOpen) in folds.prefix(Self.mostFolds) {
      guard let path = path(of: pointer) else { continue }
      if isOpen { open.insert(path) } else { open.remove(path) }
    }
    self.folds = folds
    build()
  }

  // MARK: - Folding

  /// A fold that is changed: one value's, by the places on the way to it, or all.
  enum Change: Sendable, Hashable {
    case row([Int], Bool)
    case all(Bool)
  }

  /// More rows than this are not made while a key waits.
  private static let long = 1000

  /// Whether it may take longer than a key can wait.
  func isLong(_ change: Change) -> Bool {
    switch change {
    case .all: true
    case .row(let path, let isOpen): isOpen && Self.count(of: value(at: path)) > Self.long
    }
  }

  mutating func make(_ change: Change) {
    switch change {
    case .all(let isOpen): setAll(isOpen)
    case .row(let path, let isOpen): set(isOpen, at: path)
    }
  }

  private func value(at path: [Int]) -> JSON {
    path.reduce(root) { value, index in
      switch value {
      case .object(let object) where object.members.indices.contains(index):
        object.members[index].value
      case .array(let elements) where elements.indices.contains(index): elements[index]
      default: .null
      }
    }
  }

  private mutating func set(_ isOpen: Bool, at path: [Int]) {
    guard let place = rows.firstIndex(where: { $0.path == path }),
      Self.count(of: rows[place].value) > 0, rows[place].isOpen != isOpen
    else { return }
    if isOpen { open.insert(path) } else { open.remove(path) }
    let row = rows[place]
    let pointer = pointer(of: row)
    if folds.count < Self.mostFolds || folds[pointer] != nil { folds[pointer] = isOpen }
    // Where rows were left out for their number, closing one brings others back.
    if rows.count >= Self.mostRows { return build() }
    // All other rows stay as they are.
    let below = rows[(place + 1)...].firstIndex { $0.depth <= row.depth } ?? rows.count
    rows.replaceSubrange(
      place..<below,
      with: visible(from: Row(path: path, key: row.key, value: row.value, isOpen: isOpen)))
    if rows.count > Self.mostRows { rows.removeLast(rows.count - Self.mostRows) }
    revision += 1
  }

  /// All of it, as far as that can be shown.
  private mutating func setAll(_ isOpen: Bool) {
    open = isOpen ? [] : [[]]
    folds = [:]
    if isOpen { openEverything(root, []) }
    build()
  }

  func isOpen(_ row: Row) -> Bool { open.contains(row.path) }

  /// The row above that holds this one.
  func parent(of index: Int) -> Int? {
    guard rows.indices.contains(index), !rows[index].path.isEmpty else { return nil }
    let parent = rows[index].path.dropLast()
    return rows[..<index].lastIndex { $0.path.elementsEqual(parent) }
  }

  /// Where the row stands, as a JSON Pointer.
  func pointer(of row: Row) -> String {
    var value = root
    var pointer = ""
    for index in row.path {
      switch value {
      case .object(let object):
        guard object.members.indices.contains(index) else { return pointer }
        let key = object.members[index].key.replacing("~", with: "~0").replacing("/", with: "~1")
        pointer += "/\(key)"
        value = object.members[index].value
      case .array(let elements):
        guard elements.indices.contains(index) else { return pointer }
        pointer += "/\(index)"
        value = elements[index]
      default: return pointer
      }
    }
    return pointer
  }

  /// The places on the way that a pointer names; nil where there is nothing.
  private func path(of pointer: String) -> [Int]? {
    var (value, path): (JSON, [Int]) = (root, [])
    for part in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      let token = part.replacing("~1", with: "/").replacing("~0", with: "~")
      let next =
        value.array == nil
        ? value.object?.members.firstIndex { $0.key == token }
        : Int(token).flatMap { index in value.array?.indices.contains(index) == true ? index : nil }
      guard let next else { return nil }
      path.append(next)
      value = Self.children(of: value)[next].value
    }
    return path
  }

  static func count(of value: JSON) -> Int {
    switch value {
    case .object(let object): object.members.count
    case .array(let elements): elements.count
    default: 0
    }
  }

  // MARK: - Rows

  private mutating func openSmall(_ value: JSON, _ path: [Int]) {
    let count = Self.count(of: value)
    guard count > 0, path.isEmpty || count <= Self.openUpTo, path.count < Self.openDepth else {
      return
    }
    open.insert(path)
    // Beside structured content the same as text is worth no room.
    let hasStructure = path.isEmpty && value["structuredContent"] != nil
    for (index, child) in Self.children(of: value).enumerated().prefix(Self.openUpTo)
    where !hasStructure || child.key != "content" {
      openSmall(child.value, path + [index])
    }
  }

  /// Without recursion, for a value may be nested deeper than the stack.
  private mutating func openEverything(_ value: JSON, _ path: [Int]) {
    var queue = [(value, path)]
    var seen = 0
    while let (value, path) = queue.popLast(), seen < Self.mostRows {
      let children = Self.children(of: value)
      guard !children.isEmpty else { continue }
      open.insert(path)
      seen += children.count
      for (index, child) in children.enumerated() where Self.count(of: child.value) > 0 {
        queue.append((child.value, path + [index]))
      }
    }
  }

  private mutating func build() {
    revision += 1
    rows = visible(from: Row(path: [], key: nil, value: root, isOpen: open.contains([])))
  }

  /// A row and what is shown below it.
  private func visible(from row: Row) -> [Row] {
    var rows: [Row] = []
    var stack = [row]
    while let row = stack.popLast(), rows.count < Self.mostRows {
      rows.append(row)
      guard row.isOpen else { continue }
      for (index, child) in Self.children(of: row.value).enumerated().reversed() {
        let path = row.path + [index]
        stack.append(
          Row(path: path, key: child.key, value: child.value, isOpen: open.contains(path)))
      }
    }
    return rows
  }

  private static func children(of value: JSON) -> [(key: String, value: JSON)] {
    switch value {
    case .object(let object): object.members.map { ($0.key, $0.value) }
    case .array(let elements): elements.enumerated().map { ("[\($0.offset)]", $0.element) }
    default: []
    }
  }
}
