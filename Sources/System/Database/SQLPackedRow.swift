/// A row on its way into a store, its texts and bytes in one block: they are bound as they lie there, and copied once.
package struct SQLPackedRow: Sendable {
  package enum Cell: Sendable, Hashable {
    case integer(Int64)
    /// UTF-8 at that place of the block.
    case text(Range<Int>)
    case blob(Range<Int>)
  }

  package private(set) var block: [UInt8]
  /// In the order of the statement's parameters.
  package var cells: [Cell]

  /// Places of the block that nobody has filled are empty texts.
  package init(block: [UInt8], count: Int) {
    self.block = block
    cells = [Cell](repeating: .text(0..<0), count: count)
  }

  /// Puts a text behind what the block holds.
  package mutating func set(_ cell: Int, text: String) {
    let start = block.count
    var text = text
    text.withUTF8 { block.append(contentsOf: $0) }
    cells[cell] = .text(start..<block.count)
  }

  package mutating func set(_ cell: Int, blob: [UInt8]) {
    let start = block.count
    block += blob
    cells[cell] = .blob(start..<block.count)
  }

  /// The same as values of their own.
  package var values: [SQLValue] {
    cells.map { cell in
      switch cell {
      case .integer(let value): .integer(value)
      case .text(let place): .text(String(decoding: block[place], as: UTF8.self))
      case .blob(let place): .blob(Array(block[place]))
      }
    }
  }
}
