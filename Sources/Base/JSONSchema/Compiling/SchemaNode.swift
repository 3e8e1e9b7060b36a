import JSON

/// One compiled subschema.
struct SchemaNode: Sendable {
  let place: SchemaPlace
  let resource: Int
  /// The answer of `true` and `false`.
  var verdict: Bool?
  /// What to ask of a value, by `ValueKind`, in the order of the check table.
  var checks: [[any SchemaCheck]] = []
  /// What it says besides.
  var notes: [SchemaNote] = []
  /// Asks about what the rest of the schema has left unevaluated.
  var tracks = false
}

/// Something a subschema asks of a value.
protocol SchemaCheck: Sendable {
  /// Answers for one value; in reporting runs it also says why not, and it marks what it has evaluated.
  func holds(for value: JSON, in run: inout SchemaRun, marks: inout Marks) -> Bool
}

/// Everything compiled: nodes refer to each other by index, so that recursion is no special case.
final class SchemaProgram: Sendable {
  let nodes: [SchemaNode]
  let resources: [SchemaResource]
  /// Where a dynamic reference to an anchor lands, by resource.
  let dynamicTargets: [Int: [String: Int]]

  init(nodes: [SchemaNode], resources: [SchemaResource], dynamicTargets: [Int: [String: Int]]) {
    self.nodes = nodes
    self.resources = resources
    self.dynamicTargets = dynamicTargets
  }

  static let root = 0

  /// The URI of a node; nil where its schema has no name of its own.
  func location(of node: Int) -> String? {
    let resource = resources[nodes[node].resource]
    return resource.uri.document.isEmpty ? nil : resource.location(of: nodes[node].place)
  }
}
