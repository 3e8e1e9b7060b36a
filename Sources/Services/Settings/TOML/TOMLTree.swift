import JSON

/// The tables of a TOML text while they are being defined, each key at most once.
struct TOMLTree {
  /// Who defined a table decides who may still add to it.
  enum Definition { case implicit, header, dotted, inline }

  struct Key {
    let name: String
    let offset: Int
  }

  private enum Slot {
    case value(ConfigNode)
    case table(Int)
    case tables([Int])
  }

  private struct Entry {
    let key: Key
    var slot: Slot
  }

  private struct Table {
    var definition: Definition
    var entries: [Entry] = []
    var places: [String: Int] = [:]
  }

  private var tables = [Table(definition: .header)]
  static let root = 0

  // MARK: - Defining

  /// The table a `[header]` opens.
  mutating func open(header path: [Key]) throws(TOMLFailure) -> Int {
    let (parent, last) = try parent(ofHeader: path)
    guard let place = tables[parent].places[last.name] else {
      return addTable(.header, in: parent, as: last)
    }
    guard case .table(let table) = tables[parent].entries[place].slot,
      tables[table].definition == .implicit
    else { throw failure(.tableTwice(Self.name(path)), last) }
    tables[table].definition = .header
    return table
  }

  /// The table an `[[element]]` opens.
  mutating func open(element path: [Key]) throws(TOMLFailure) -> Int {
    let (parent, last) = try parent(ofHeader: path)
    let table = tables.count
    guard let place = tables[parent].places[last.name] else {
      tables.append(Table(definition: .header))
      add(.tables([table]), in: parent, as: last)
      return table
    }
    guard case .tables(let elements) = tables[parent].entries[place].slot else {
      throw failure(.staticArray(Self.name(path)), last)
    }
    tables.append(Table(definition: .header))
    tables[parent].entries[place].slot = .tables(elements + [table])
    return table
  }

  /// Sets a key, dotted or plain, of a table.
  mutating func set(
    _ path: [Key], to value: ConfigNode, in table: Int
  ) throws(TOMLFailure) {
    var table = table
    for key in path.dropLast() { table = try dottedStep(key, in: table) }
    guard let last = path.last else { return }
    guard tables[table].places[last.name] == nil else {
      throw failure(.duplicateKey(last.name), last)
    }
    add(.value(value), in: table, as: last)
  }

  private mutating func dottedStep(_ key: Key, in table: Int) throws(TOMLFailure) -> Int {
    guard let place = tables[table].places[key.name] else {
      return addTable(.dotted, in: table, as: key)
    }
    guard case .table(let next) = tables[table].entries[place].slot else {
      throw failure(.notATable(key.name), key)
    }
    guard tables[next].definition == .dotted else { throw failure(.closedTable(key.name), key) }
    return next
  }

  private mutating func parent(
    ofHeader path: [Key]
  ) throws(TOMLFailure) -> (table: Int, last: Key) {
    var table = Self.root
    for key in path.dropLast() { table = try headerStep(key, in: table) }
    // The grammar gives every header at least one key.
    return (table, path.last ?? Key(name: "", offset: 0))
  }

  private mutating func headerStep(_ key: Key, in table: Int) throws(TOMLFailure) -> Int {
    guard let place = tables[table].places[key.name] else {
      return addTable(.implicit, in: table, as: key)
    }
    switch tables[table].entries[place].slot {
    case .table(let next): return next
    case .tables(let elements): return elements.last ?? table
    case .value(let node):
      throw failure(node.members == nil ? .notATable(key.name) : .closedTable(key.name), key)
    }
  }

  private mutating func addTable(_ definition: Definition, in parent: Int, as key: Key) -> Int {
    tables.append(Table(definition: definition))
    add(.table(tables.count - 1), in: parent, as: key)
    return tables.count - 1
  }

  private mutating func add(_ slot: Slot, in table: Int, as key: Key) {
    tables[table].places[key.name] = tables[table].entries.count
    tables[table].entries.append(Entry(key: key, slot: slot))
  }

  private func failure(_ problem: TOMLProblem, _ key: Key) -> TOMLFailure {
    TOMLFailure(problem: problem, offset: key.offset)
  }

  private static func name(_ path: [Key]) -> String { path.map(\.name).joined(separator: ".") }

  // MARK: - The result

  func members(of table: Int, _ position: (Int) -> TextPosition) -> [ConfigNode.Member] {
    tables[table].entries.map { entry in
      let place = position(entry.key.offset)
      return ConfigNode.Member(
        key: entry.key.name, keyPosition: place,
        node: node(of: entry.slot, at: place, position))
    }
  }

  private func node(
    of slot: Slot, at place: TextPosition, _ position: (Int) -> TextPosition
  ) -> ConfigNode {
    switch slot {
    case .value(let node): node
    case .table(let table): ConfigNode(.object(members(of: table, position)), at: place)
    case .tables(let tables):
      ConfigNode(
        .array(tables.map { ConfigNode(.object(members(of: $0, position)), at: place) }),
        at: place)
    }
  }
}
