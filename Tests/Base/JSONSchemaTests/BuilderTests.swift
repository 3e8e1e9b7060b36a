import JSON
import JSONSchema
import Testing

struct BuilderTests {
  @Test func `a schema is put together in the order it is written`() throws {
    let schema = Schema.object([
      .string("q", .required, "What to look for", minLength: 1),
      .integer("limit", .optional, "How many", 1...500, default: 50),
      .number("ratio", .optional, nil, 0...1),
      .boolean("all", default: false),
      .choice("order", of: ["asc", "desc"], default: "asc"),
      .list("tags", of: .string, maxItems: 3, unique: true),
      .object("range", .required, nil, [.string("from", format: "date")]),
      .member("owner", .optional, "Who", .reference("person").nullable()),
    ]).closed().defining(["person": .map(of: .integer(from: 0))]).written(in: .draft202012)
    #expect(
      schema.json.compact == """
        {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{\
        "q":{"type":"string","minLength":1,"description":"What to look for"},\
        "limit":{"type":"integer","minimum":1,"maximum":500,"default":50,"description":"How many"},\
        "ratio":{"type":"number","minimum":0,"maximum":1},\
        "all":{"type":"boolean","default":false},\
        "order":{"type":"string","enum":["asc","desc"],"default":"asc"},\
        "tags":{"type":"array","items":{"type":"string"},"maxItems":3,"uniqueItems":true},\
        "range":{"type":"object","properties":{"from":{"type":"string","format":"date"}}},\
        "owner":{"anyOf":[{"$ref":"#/$defs/person"},{"type":"null"}],"description":"Who"}},\
        "required":["q","range"],"additionalProperties":false,\
        "$defs":{"person":{"type":"object","additionalProperties":{"type":"integer","minimum":0}}}}
        """)
    let validator = SchemaValidator(schema.json)
    #expect(validator.findings.isEmpty)
    #expect(validator.isValid(["q": "x", "range": [:], "owner": .null]))
    #expect(!validator.isValid(["q": "", "range": [:]]))
  }

  @Test func `choices and words are written as forms read them`() {
    let choice = Schema.choice(titled: ["r": "Red", "g": "Green"]).titled("Colour")
      .exemplified(by: ["r"]).deprecated()
    #expect(
      choice.json.compact == """
        {"type":"string","oneOf":[{"const":"r","title":"Red"},{"const":"g","title":"Green"}],\
        "title":"Colour","examples":["r"],"deprecated":true}
        """)
    guard case .choice(let choices) = FormDeriver(choice.json).root.kind else {
      Issue.record("no choice was derived")
      return
    }
    #expect(choices.map(\.label) == ["Red", "Green"])
  }
}
