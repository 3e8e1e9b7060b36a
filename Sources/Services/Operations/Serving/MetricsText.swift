/// Numbers as Prometheus reads them.
struct MetricsText {
  private(set) var text = ""

  enum Kind: String {
    case counter, gauge, histogram
  }

  /// A family of one name: a row for each set of labels.
  mutating func family(
    _ name: String, _ kind: Kind, _ help: String,
    _ rows: [(labels: [(String, String)], value: Double)]
  ) {
    head(name, kind, help)
    for row in rows { self.row(name, row.labels, row.value) }
  }

  mutating func family(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
    family(name, kind, help, [([], value)])
  }

  /// `counts` are those between one bound and the next; the format wants them summed up.
  mutating func histogram(
    _ name: String, _ help: String, bounds: [Double], counts: [Int], sum: Double, count: Int
  ) {
    head(name, .histogram, help)
    var below = 0
    for (bound, count) in zip(bounds, counts) {
      below += count
      row("\(name)_bucket", [("le", Self.number(bound))], Double(below))
    }
    row("\(name)_bucket", [("le", "+Inf")], Double(count))
    row("\(name)_sum", [], sum)
    row("\(name)_count", [], Double(count))
  }

  private mutating func head(_ name: String, _ kind: Kind, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  private mutating func row(_ name: String, _ labels: [(String, String)], _ value: Double) {
    let list = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
    text += "\(name)\(list.isEmpty ? "" : "{\(list)}") \(Self.number(value))\n"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }
}
