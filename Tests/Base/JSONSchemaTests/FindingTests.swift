import JSON
import JSONSchema
import Testing

private func findings(_ schema: String) throws -> [String] {
  SchemaValidator(try JSON.parse(schema)).findings.map {
    "\($0.weight.rawValue) \($0.location): \($0.sentence)"
  }
}

struct FindingTests {
  @Test(arguments: [
    (#"{"type":"strnig"}"#, [#"defect /type: type names "strnig", which is no type"#]),
    (
      #"{"type":7}"#,
      ["defect /type: type must be the name of a type or a list of names; it is not read"]
    ),
    (
      #"{"minLength":-1,"maxLength":2.0}"#,
      ["defect /minLength: minLength must be a whole number from 0 up; it is not read"]
    ),
    (#"{"properties":{"a":5}}"#, ["defect /properties/a: a schema is an object, true or false"]),
    (#"{"properties":[]}"#, ["defect /properties: properties must be an object; it is not read"]),
    (
      #"{"required":"a"}"#, ["defect /required: required must be a list of strings; it is not read"]
    ),
    (
      #"{"$defs":{"a/b":{"pattern":"("}}}"#,
      [
        #"defect /$defs/a~1b/pattern: the pattern "(" is no regular expression: a ( is never closed"#
      ]
    ),
    (
      #"{"patternProperties":{"(?<=a+)b":true}}"#,
      [
        #"remark /patternProperties: the pattern "(?<=a+)b" is not checked: it cannot be matched here: lookbehind assertion is not fixed length"#
      ]
    ),
    (
      #"{"$schema":"https://example.org/own"}"#,
      ["remark : $schema names https://example.org/own, which is unknown; read as 2020-12"]
    ),
    (
      #"{"items":[{"type":"string"}]}"#,
      ["remark /items: items must be a schema since 2020-12; a list of schemas is prefixItems"]
    ),
    (
      ##"{"$schema":"http://json-schema.org/draft-07/schema#","$ref":"#/definitions/a","minimum":1,"definitions":{"a":true}}"##,
      ["remark : beside $ref minimum is not read before draft 2019-09"]
    ),
    (
      #"{"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}}"#,
      ["remark /$defs/b: #x is given twice; the first one counts"]
    ),
    (
      #"{"multipleOf":0}"#,
      ["defect /multipleOf: multipleOf must be a number greater than 0; it is not read"]
    ),
    ("[]", ["defect : a schema is an object, true or false"]),
    (#"{"title":"fine","x-own":1,"default":null}"#, []),
  ])
  func `what is wrong with a schema is said once, with its place`(
    schema: String, expected: [String]
  )
    throws
  {
    #expect(try findings(schema) == expected)
  }

  @Test(arguments: [
    "null", "5", #"{"$ref":5}"#, #"{"$id":7,"$anchor":8,"$schema":9}"#, #"{"items":[5,null]}"#,
    #"{"allOf":{},"anyOf":[],"oneOf":[3]}"#, ##"{"$ref":"#/%zz"}"##, ##"{"$ref":"#/a/b/c"}"##,
    #"{"$ref":"\u0000"}"#, #"{"$id":"://","$ref":"::"}"#, #"{"dependencies":{"a":5}}"#,
    #"{"if":5,"then":6}"#, #"{"maxLength":1e999999}"#, #"{"minItems":99999999999999999999999}"#,
    ##"{"$dynamicRef":"#a","$recursiveRef":"b"}"##, #"{"pattern":"\u0000("}"#,
    #"{"enum":5,"const":{}}"#,
  ])
  func `no schema is too broken to be asked`(schema: String) throws {
    for draft in SchemaDraft.allCases {
      var options = SchemaOptions()
      options.defaultDraft = draft
      options.assertsFormats = true
      let validator = SchemaValidator(try JSON.parse(schema), options: options)
      for instance: JSON in [.null, 1, "a", [1], ["a": 1]] {
        _ = validator.validate(instance, collectingAnnotations: true)
      }
    }
  }

  @Test func `drafts are known by their identifiers and by what people call them`() {
    let uris: [(String, SchemaDraft?)] = [
      ("http://json-schema.org/draft-07/schema#", .draft7),
      ("https://json-schema.org/draft-04/schema", .draft4),
      ("http://json-schema.org/draft/2020-12/schema#", .draft202012),
      ("https://json-schema.org/draft/2021-01/schema", nil),
    ]
    for (uri, draft) in uris { #expect(SchemaDraft(uri: uri) == draft) }
    for name in ["7", "draft7", "draft-07", "Draft07"] {
      #expect(SchemaDraft(named: name) == .draft7)
    }
    #expect(SchemaDraft(named: "draft2019-09") == .draft201909)
    #expect(SchemaDraft(named: "3") == nil)
  }

  @Test func `metaschemas are schemas by their own measure`() throws {
    for draft in SchemaDraft.allCases {
      let reference: JSON = ["$schema": .string(draft.uri), "$ref": .string(draft.uri)]
      let validator = SchemaValidator(reference)
      #expect(validator.findings.isEmpty)
      #expect(validator.draft == draft)
      #expect(validator.validate(["type": "object", "properties": ["a": [:]]]).violations.isEmpty)
      #expect(!validator.isValid(["type": "nothing"]))
      #expect(!validator.isValid(["properties": ["a": ["minLength": -1]]]))
    }
  }
}
