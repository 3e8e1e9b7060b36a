import JSON

/// One validation under way: where it stands in instance and schema, and what it has found.
struct SchemaRun {
  enum Mode { case deciding, reporting }

  let program: SchemaProgram
  let limits: SchemaLimits
  let depthLimit: Int
  let collectsAnnotations: Bool
  /// Whether the ways through instance and schema are noted; modes change under way, this does not.
  let keepsTrail: Bool
  var mode: Mode
  var abort: SchemaAbort?
  var violations: [SchemaViolation] = []
  var annotations: [SchemaAnnotation] = []
  var isTruncated = false
  var current = SchemaProgram.root
  var path: [InstanceStep] = []
  var trail: [SchemaStep] = []
  /// The resources entered, outermost first: the dynamic scope.
  var scopes: [Int] = []
  var depth = 0
  /// Schemas entered since the instance was last stepped into.
  var inPlace = 0
  /// Left until the run is given up.
  var steps: Int
  /// The whole of it until its size has been added to the steps.
  var unmeasured: JSON?
  /// Violations of the instance, and of alternatives that are only tried.
  var reported = (certain: 0, tried: 0)
  /// Alternatives within alternatives that are being told apart.
  var branchDepth = 0
  var slowMatches = 0

  init(
    _ program: SchemaProgram, limits: SchemaLimits, depthLimit: Int, mode: Mode,
    collectsAnnotations: Bool = false
  ) {
    self.program = program
    self.limits = limits
    self.depthLimit = depthLimit
    self.mode = mode
    self.collectsAnnotations = collectsAnnotations
    keepsTrail = collectsAnnotations || mode == .reporting
    steps = limits.steps
  }

  /// Whether a first no ends a check, as nobody asks for more.
  var isDeciding: Bool { mode == .deciding || abort != nil }

  mutating func start(_ instance: JSON) -> Bool {
    var marks = Marks()
    unmeasured = instance
    return apply(SchemaProgram.root, to: instance, marks: &marks) && abort == nil
  }
}

// MARK: - Applying schemas

extension SchemaRun {
  /// Applies a schema to the value that the current one is applied to.
  mutating func apply(
    _ node: Int, here value: JSON, via step: @autoclosure () -> SchemaStep, marks: inout Marks
  ) -> Bool {
    inPlace += 1
    if inPlace > program.nodes.count + 1 { abort = abort ?? .endless }
    if keepsTrail { trail.append(step()) }
    let holds = apply(node, to: value, marks: &marks)
    if keepsTrail { trail.removeLast() }
    inPlace -= 1
    return holds
  }

  /// Applies a schema to a part of the current value.
  mutating func apply(
    _ node: Int, to value: JSON, at part: @autoclosure () -> InstanceStep,
    via step: @autoclosure () -> SchemaStep
  ) -> Bool {
    let outer = inPlace
    inPlace = 0
    if keepsTrail {
      path.append(part())
      trail.append(step())
    }
    var marks = Marks()
    let holds = apply(node, to: value, marks: &marks)
    if keepsTrail {
      path.removeLast()
      trail.removeLast()
    }
    inPlace = outer
    return holds
  }

  private mutating func apply(_ index: Int, to value: JSON, marks: inout Marks) -> Bool {
    guard enter() else { return false }
    let node = program.nodes[index]
    let outer = current
    let isNewScope = scopes.last != node.resource
    current = index
    depth += 1
    if isNewScope { scopes.append(node.resource) }
    defer {
      current = outer
      depth -= 1
      if isNewScope { scopes.removeLast() }
    }
    guard let verdict = node.verdict else { return ask(node, about: value, marks: &marks) }
    return verdict || fail(.nothingAllowed)
  }

  private mutating func ask(_ node: SchemaNode, about value: JSON, marks: inout Marks) -> Bool {
    if node.tracks { marks.isTracking = true }
    let before = annotations.count
    let kind = ValueKind(value)
    var holds = true
    for check in node.checks[kind.rawValue]
    where !check.holds(for: value, in: &self, marks: &marks) {
      holds = false
      if isDeciding { break }
    }
    guard collectsAnnotations else { return holds }
    if holds {
      annotate(node.notes, kind)
    } else {
      annotations.removeSubrange(before...)
    }
    return holds
  }

  private mutating func enter() -> Bool {
    if abort != nil { return false }
    if depth >= depthLimit { abort = .tooDeep }
    steps -= 1
    if steps < 0 { measure() }
    if steps < 0 { abort = .tooLong }
    return abort == nil
  }

  /// Only who needs many steps pays for counting.
  private mutating func measure() {
    guard let instance = unmeasured else { return }
    unmeasured = nil
    var open = [instance]
    while let value = open.popLast() {
      steps += limits.stepsPerValue
      switch value {
      case .array(let elements): open += elements
      case .object(let object): open += object.members.map(\.value)
      default: break
      }
    }
  }

  /// Where a dynamic reference lands: in the outermost resource in scope that offers the anchor.
  func dynamicTarget(_ name: String) -> Int? {
    for scope in scopes {
      if let target = program.dynamicTargets[scope]?[name] { return target }
    }
    return nil
  }
}
