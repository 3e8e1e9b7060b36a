import JSON
import JSONSchema
import Testing

struct SuiteTests {
  @Test func `a suite counts right answers and names wrong ones`() throws {
    let suite = try SchemaSuite(
      JSON.parse(
        #"""
        [{"description":"numbers","schema":{"type":"integer"},"tests":[
        {"description":"one","data":1,"valid":true},
        {"description":"text","data":"a","valid":true},
        {"description":"two","data":2,"valid":false}]}]
        """#))
    let outcome = suite.run(SchemaOptions())
    #expect(outcome.passed == 1)
    #expect(outcome.failures.map(\.description) == ["text", "two"])
    #expect(outcome.failures.map(\.reasons) == [["is a string, but must be an integer"], []])
  }

  @Test(arguments: [
    ("{}", "expected a list of {description, schema, tests} at the top"),
    ("[1]", "expected an object with a schema at /0"),
    (#"[{"schema":true}]"#, "expected a list at /0/tests"),
    (
      #"[{"schema":true,"tests":[{"data":1}]}]"#,
      "expected an object with data and valid at /0/tests/0"
    ),
  ])
  func `a file that is no suite says what is missing`(text: String, sentence: String) throws {
    #expect {
      _ = try SchemaSuite(JSON.parse(text))
    } throws: { error in
      (error as? SchemaSuiteProblem)?.sentence == sentence
    }
  }
}
