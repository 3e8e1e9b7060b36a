package import JSON

/// A file in the layout of the public JSON-Schema-Test-Suite: schemas, and instances with the answers they must get.
package struct SchemaSuite: Sendable {
  package struct Case: Sendable {
    package let description: String
    package let data: JSON
    package let valid: Bool
  }

  package struct Group: Sendable {
    package let description: String
    package let schema: JSON
    package let cases: [Case]
  }

  /// A case that got the wrong answer.
  package struct Failure: Sendable, Hashable {
    package let group: String
    package let description: String
    package let expected: Bool
    /// Why the instance was found invalid, where it should not have been.
    package let reasons: [String]
  }

  package struct Outcome: Sendable, Hashable {
    package var passed = 0
    package var failures: [Failure] = []
    package var total: Int { passed + failures.count }

    package init() {}
  }

  package let groups: [Group]
}

// MARK: - Reading

/// What keeps a file from being read as a suite: where, and what stands there.
package struct SchemaSuiteProblem: Error, Sendable, Hashable {
  package let pointer: String
  package let expected: String

  package var sentence: String {
    "expected \(expected) at \(pointer.isEmpty ? "the top" : pointer)"
  }
}

extension SchemaSuite {
  package init(_ json: JSON) throws(SchemaSuiteProblem) {
    guard let array = json.array else {
      throw SchemaSuiteProblem(pointer: "", expected: "a list of {description, schema, tests}")
    }
    var groups: [Group] = []
    for (index, element) in array.enumerated() {
      groups.append(try Self.group(element, "/\(index)"))
    }
    self.groups = groups
  }

  private static func group(_ json: JSON, _ pointer: String) throws(SchemaSuiteProblem) -> Group {
    guard let schema = json["schema"] else {
      throw SchemaSuiteProblem(pointer: pointer, expected: "an object with a schema")
    }
    guard let tests = json["tests"]?.array else {
      throw SchemaSuiteProblem(pointer: pointer + "/tests", expected: "a list")
    }
    var cases: [Case] = []
    for (index, test) in tests.enumerated() {
      cases.append(try Self.test(test, "\(pointer)/tests/\(index)"))
    }
    return Group(
      description: json["description"]?.string ?? pointer, schema: schema, cases: cases)
  }

  private static func test(_ json: JSON, _ pointer: String) throws(SchemaSuiteProblem) -> Case {
    guard let data = json["data"], let valid = json["valid"]?.bool else {
      throw SchemaSuiteProblem(pointer: pointer, expected: "an object with data and valid")
    }
    return Case(
      description: json["description"]?.string ?? pointer, data: data, valid: valid)
  }
}

// MARK: - Running

extension SchemaSuite {
  package func run(_ options: SchemaOptions) -> Outcome {
    var outcome = Outcome()
    for group in groups {
      let validator = SchemaValidator(group.schema, options: options)
      for test in group.cases {
        let answer = validator.validate(test.data)
        if answer.isValid == test.valid && answer.isValid == validator.isValid(test.data) {
          outcome.passed += 1
        } else {
          outcome.failures.append(
            Failure(
              group: group.description, description: test.description, expected: test.valid,
              reasons: answer.violations.map(\.sentence)))
        }
      }
    }
    return outcome
  }
}
