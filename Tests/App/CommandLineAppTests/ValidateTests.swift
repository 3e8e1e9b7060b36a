import TestSupport
import Testing

@testable import CommandLineApp

/// `alidade validate` with files in memory.
private func validate(_ words: String..., files: [String: String], input: String = "") async
  -> CommandRun
{
  await CommandRun.of(["validate"] + words, input: input, files: files)
}

@Suite(.inTurns) struct ValidateTests {
  private let schema = #"{"properties":{"limit":{"type":"integer","maximum":500}}}"#

  @Test func `a valid instance ends well`() async {
    let run = await validate(
      "--schema", "s", "--instance", "i", files: ["s": schema, "i": #"{"limit":5}"#])
    #expect(run.code == .ok)
    #expect(run.output == "valid\n")
    #expect(run.errors.isEmpty)
  }

  @Test func `every violation of an invalid one is listed`() async {
    let run = await validate(
      "--schema", "s", "--instance", "-", files: ["s": schema], input: #"{"limit":900.5}"#)
    #expect(run.code == .failedAnswer)
    #expect(
      run.output == """
        invalid: 2 violations
          /limit: is a number, but must be an integer  (/properties/limit/type)
          /limit: 900.5 is more than the maximum 500  (/properties/limit/maximum)

        """)
  }

  @Test func `programs read the same as JSON`() async {
    let run = await validate(
      "--schema", "s", "--instance", "i", "--json",
      files: ["s": schema, "i": #"{"limit":900}"#])
    #expect(run.code == .failedAnswer)
    #expect(
      run.output == """
        {
          "valid": false,
          "draft": "2020-12",
          "errors": [
            {
              "instance": "/limit",
              "keyword": "maximum",
              "keywordLocation": "/properties/limit/maximum",
              "message": "limit: 900 is more than the maximum 500"
            }
          ],
          "truncated": false
        }

        """)
  }

  @Test func `alternatives are told branch by branch`() async {
    let run = await validate(
      "--schema", "s", "--instance", "i",
      files: ["s": #"{"anyOf":[{"type":"string"},{"type":"array"}]}"#, "i": "1"])
    #expect(
      run.output == """
        invalid: 1 violation
          fits none of the 2 alternatives; the closest is number 1: is an integer, but must be a string  (/anyOf)
            1. is an integer, but must be a string  (/anyOf/0/type)
            2. is an integer, but must be an array  (/anyOf/1/type)

        """)
  }

  @Test(arguments: [
    (["--schema", "s"], "alidade: --instance is missing"),
    (["--instance", "i"], "alidade: --schema is missing"),
    (
      ["--schema", "none", "--instance", "i"],
      "alidade: cannot read 'none': there is no such file"
    ),
    (
      ["--schema", "-", "--instance", "-"],
      "alidade: schema and instance cannot both be standard input"
    ),
    (["--schema", "cut", "--instance", "i"], "alidade: cut: line 2, column 1: expected"),
    (["--schema", "deep", "--instance", "i"], "alidade: deep: line 1, column 513: nested deeper"),
    (
      ["--schema", "bad", "--instance", "i"],
      "alidade: the schema bad is broken: /type: type names \"x\", which is no type"
    ),
    (["--suite", "i"], "alidade: i is no file of cases: expected a list"),
    (["--suite", "i", "--schema", "s"], "alidade: --suite brings its own schemas and instances"),
    (["--schema", "s", "--instance", "i", "--draft", "3"], "alidade: "),
  ])
  func `what cannot be read is a sentence and no answer`(words: [String], start: String) async {
    let files = [
      "s": schema, "i": "{}", "cut": "{\"a\":\n", "bad": #"{"type":"x"}"#,
      "deep": String(repeating: "[", count: 100_000),
    ]
    let run = await CommandRun.of(["validate"] + words, files: files)
    #expect(run.code == .usage)
    #expect(run.output.isEmpty)
    #expect(run.errors.hasPrefix(start), "\(run.errors)")
  }

  @Test func `formats decide when asked, drafts are chosen, remarks go aside`() async {
    let files = ["s": #"{"format":"ipv4","items":[false]}"#, "i": "\"x\"", "l": "[1]"]
    let plain = await validate("--schema", "s", "--instance", "i", files: files)
    #expect(plain.code == .ok)
    #expect(plain.errors.hasPrefix("s: /items: items must be a schema since 2020-12"))
    let asserted = await validate("--schema", "s", "--instance", "i", "--format", files: files)
    #expect(asserted.code == .failedAnswer)
    let older = await validate("--schema", "s", "--instance", "l", "--draft", "7", files: files)
    #expect(older.code == .failedAnswer)
    #expect(older.errors.isEmpty)
    for name in ["draft7", "draft-07", "http://json-schema.org/draft-07/schema#"] {
      let named = await validate("--schema", "s", "--instance", "l", "--draft", name, files: files)
      #expect(named.output == older.output, "\(name)")
    }
  }

  @Test func `a suite is run by its folder's draft, with the remotes beside it`() async {
    let cases = #"""
      [{"description":"remote","schema":{"$ref":"http://localhost:1234/a/n.json"},"tests":[
      {"description":"fits","data":[1,2],"valid":true},{"description":"fails","data":["x"],"valid":true}]}]
      """#
    let files = [
      "/t/suite/draft7/x.json": cases,
      "/t/remotes/a/n.json": #"{"items":[{"type":"integer"}]}"#,
    ]
    let run = await validate("--suite", "/t/suite/draft7/x.json", files: files)
    #expect(run.code == .failedAnswer)
    #expect(
      run.output == """
        failed: remote: fails: should be valid ([0]: is a string, but must be an integer)
        1 passed, 1 failed

        """)
    let newer = await validate(
      "--suite", "/t/suite/draft7/x.json", "--draft", "2020-12", "--remotes", "/t/remotes",
      files: files)
    #expect(newer.code == .ok)
    #expect(newer.output == "2 passed, 0 failed\n")
  }
}
