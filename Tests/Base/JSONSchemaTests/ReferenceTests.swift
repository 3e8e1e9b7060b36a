import JSON
import JSONSchema
import Testing

struct ReferenceTests {
  @Test func `references lead to pointers, anchors, identifiers and themselves`() throws {
    try check([
      SchemaRow(
        ##"{"$defs":{"a/b~c %":{"type":"integer"}},"$ref":"#/$defs/a~1b~0c%20%25"}"##, fits: ["1"],
        fails: ["\"a\""]),
      SchemaRow(
        ##"{"$defs":{"x":{"$anchor":"here","type":"string"}},"items":{"$ref":"#here"}}"##,
        fits: [#"["a"]"#], fails: ["[1]"]),
      SchemaRow(
        #"{"$id":"https://example.org/base/","$defs":{"x":{"$id":"item","type":"null"}},"items":{"$ref":"https://example.org/base/item"}}"#,
        fits: ["[null]"], fails: ["[1]"]),
      SchemaRow(
        ##"{"properties":{"next":{"$ref":"#"}},"additionalProperties":false}"##,
        fits: [#"{"next":{"next":{}}}"#], fails: [#"{"next":{"other":1}}"#]),
      SchemaRow(
        #"{"$ref":"https://json-schema.org/draft/2020-12/schema"}"#,
        fits: [#"{"type":"string"}"#, "true"],
        fails: [#"{"type":5}"#, #"{"allOf":[{"minLength":-1}]}"#]),
      SchemaRow(
        #"{"$ref":"http://json-schema.org/draft-07/schema#"}"#, fits: [#"{"items":[true]}"#],
        fails: [#"{"items":5}"#]),
      SchemaRow(
        ##"{"$id":"https://example.org/strict","$ref":"tree","$dynamicAnchor":"node","unevaluatedProperties":false,"$defs":{"tree":{"$id":"tree","$dynamicAnchor":"node","properties":{"kids":{"items":{"$dynamicRef":"#node"}}}}}}"##,
        fits: [#"{"kids":[{"kids":[]}]}"#], fails: [#"{"kids":[{"kdis":[]}]}"#]),
    ])
  }

  @Test func `a library stands for what is elsewhere`() throws {
    var options = SchemaOptions()
    options.library.add(
      try JSON.parse(#"{"$defs":{"n":{"type":"integer"}}}"#), at: "https://example.org/lib.json")
    try check(
      [
        SchemaRow(
          #"{"$ref":"https://example.org/lib.json#/$defs/n"}"#, fits: ["1"], fails: ["\"1\""])
      ], options: options)
  }

  @Test func `an unknown reference is a finding and a violation that names it`() throws {
    let schema = try JSON.parse(#"{"properties":{"a":{"$ref":"https://example.org/x.json"}}}"#)
    let validator = SchemaValidator(schema)
    #expect(
      validator.findings.map(\.sentence) == [
        "nothing known is at https://example.org/x.json; network references are never fetched"
      ])
    #expect(validator.findings.map(\.location) == ["/properties/a/$ref"])
    #expect(validator.isValid(["b": 1]))
    #expect(
      validator.validate(["a": 1]).violations.map(\.sentence) == [
        "a: cannot be checked, because nothing known is at https://example.org/x.json"
      ])
  }

  @Test(arguments: [
    ##"{"$ref":"#"}"##,
    ##"{"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}},"$ref":"#/$defs/a"}"##,
    ##"{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}"##,
    ##"{"not":{"$ref":"#"}}"##,
    ##"{"$dynamicAnchor":"a","allOf":[{"$dynamicRef":"#a"}]}"##,
  ])
  func `a schema that refers to itself without end says so`(schema: String) throws {
    #expect(try sentences(schema, "1") == ["the schema refers to itself without end"])
  }

  @Test func `deep instances are followed beyond the caller's stack`() throws {
    let depth = 500
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let schema = ##"{"type":"array","items":{"allOf":[{"$ref":"#"}]}}"##
    #expect(try sentences(schema, text) == [])
    let inner = String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
    #expect(
      try sentences(schema, inner).map { $0.suffix(35) } == ["is an integer, but must be an array"])
  }

  @Test func `a bomb of alternatives is given up`() throws {
    var defs = [#""a0":{"type":"string"}"#]
    for index in 1...40 {
      let below = "{\"$ref\":\"#/$defs/a\(index - 1)\"}"
      defs.append("\"a\(index)\":{\"anyOf\":[\(below),\(below)]}")
    }
    var options = SchemaOptions()
    options.limits.steps = 10_000
    let schema = "{\"$ref\":\"#/$defs/a40\",\"$defs\":{\(defs.joined(separator: ","))}}"
    #expect(
      try sentences(schema, "1", options: options) == ["checking took too long and was given up"])
  }
}
