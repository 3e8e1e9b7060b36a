package import JSON

/// How a schema is compiled.
package struct SchemaOptions: Sendable {
  /// For schemas whose `$schema` says nothing known.
  package var defaultDraft = SchemaDraft.draft202012
  /// Where the schema was found; relative references start here.
  package var baseURI = ""
  /// Whether `format` decides about validity or only describes.
  package var assertsFormats = false
  /// Whether `nullable: true`, which OpenAPI has and JSON Schema has not, admits null beside a type.
  package var admitsNullable = false
  /// What references may lead to.
  package var library = SchemaLibrary()
  package var limits = SchemaLimits()

  package init() {}

  /// For the schemas that MCP servers publish, in the idioms of whatever made them.
  package static var ofServers: SchemaOptions {
    var options = SchemaOptions()
    options.admitsNullable = true
    return options
  }
}

/// What a validation found.
package struct SchemaValidation: Sendable, Hashable {
  package let isValid: Bool
  /// In the order of instance and schema, the same on every run.
  package let violations: [SchemaViolation]
  package let annotations: [SchemaAnnotation]
  /// Whether there were more violations than are listed.
  package let isTruncated: Bool

  /// Nothing speaks against the instance but parts of the schema that could not be followed.
  package var isUndecided: Bool { !isValid && violations.allSatisfy(\.isUndecided) }
}

/// A compiled JSON Schema: made once, asked often, from any thread.
package struct SchemaValidator: Sendable {
  package let schema: JSON
  /// The draft the schema's root is read as.
  package let draft: SchemaDraft
  /// What is wrong or doubtful about the schema itself, in its own order.
  package let findings: [SchemaFinding]
  private let program: SchemaProgram
  private let limits: SchemaLimits

  package init(_ schema: JSON, options: SchemaOptions = SchemaOptions()) {
    let compiler = SchemaCompiler(options)
    self.schema = schema
    program = compiler.compile(schema, at: options.baseURI)
    limits = options.limits
    findings = compiler.locator.findings
    draft = program.resources[program.nodes[SchemaProgram.root].resource].dialect.draft
  }

  /// The answer alone, as fast as it can be had. What cannot be decided is not valid.
  package func isValid(_ instance: JSON) -> Bool { run(instance, .deciding, false).holds }

  /// The answer with every reason against, and on request what the schema says about the parts of the instance.
  package func validate(_ instance: JSON, collectingAnnotations: Bool = false) -> SchemaValidation {
    if !collectingAnnotations && isValid(instance) {
      return SchemaValidation(isValid: true, violations: [], annotations: [], isTruncated: false)
    }
    let run = run(instance, .reporting, collectingAnnotations)
    var violations = run.run.violations
    if let abort = run.run.abort { violations.append(Self.violation(of: abort)) }
    return SchemaValidation(
      isValid: run.holds, violations: violations, annotations: run.run.annotations,
      isTruncated: run.run.isTruncated)
  }

  private static func violation(of abort: SchemaAbort) -> SchemaViolation {
    SchemaViolation(
      path: [], keyword: "", keywordLocation: "", absoluteLocation: nil, problem: .aborted(abort),
      branches: [], closest: nil)
  }

  /// Runs on the caller's stack while that is surely enough, and again on a deep one where it is not.
  private func run(_ instance: JSON, _ mode: SchemaRun.Mode, _ annotates: Bool)
    -> (holds: Bool, run: SchemaRun)
  {
    let shallow = attempt(instance, mode, annotates, min(SchemaLimits.shallowDepth, limits.depth))
    guard shallow.run.abort == .tooDeep, limits.depth > SchemaLimits.shallowDepth else {
      return shallow
    }
    return DeepStack.run { attempt(instance, mode, annotates, limits.depth) } ?? shallow
  }

  private func attempt(
    _ instance: JSON, _ mode: SchemaRun.Mode, _ annotates: Bool, _ depth: Int
  ) -> (holds: Bool, run: SchemaRun) {
    var run = SchemaRun(
      program, limits: limits, depthLimit: depth, mode: mode, collectsAnnotations: annotates)
    let holds = run.start(instance)
    return (holds, run)
  }
}
