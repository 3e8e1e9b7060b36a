import JSON
import JSONSchema
import Testing

struct ViolationTests {
  @Test(arguments: [
    (
      #"{"properties":{"limit":{"maximum":500}}}"#, #"{"limit":900}"#,
      "limit: 900 is more than the maximum 500"
    ),
    (#"{"minimum":1}"#, "0", "0 is less than the minimum 1"),
    (#"{"exclusiveMaximum":1}"#, "1.0", "1.0 must be less than 1"),
    (#"{"exclusiveMinimum":1}"#, "1", "1 must be more than 1"),
    (#"{"multipleOf":0.5}"#, "0.3", "0.3 is no multiple of 0.5"),
    (
      #"{"multipleOf":2}"#, String(repeating: "1", count: 10_000),
      String(repeating: "1", count: 60) + "… is no multiple of 2"
    ),
    (
      #"{"maximum":1e400}"#, "1" + String(repeating: "0", count: 10_000),
      "1" + String(repeating: "0", count: 59) + "… is more than the maximum 1e400"
    ),
    (#"{"type":"integer"}"#, "\"5\"", "is a string, but must be an integer"),
    (
      #"{"type":["integer","null","array"]}"#, "1.5",
      "is a number, but must be an integer, null or an array"
    ),
    (#"{"const":{"a":1}}"#, "1", #"must be {"a":1}"#),
    (#"{"enum":["open","closed"]}"#, "\"opne\"", #""opne" is none of "open", "closed""#),
    (#"{"enum":[1]}"#, "2", "2 is not 1"),
    (
      #"{"items":{"minLength":2}}"#, #"["ab","c"]"#,
      "[1]: has 1 character, fewer than the minimum 2"
    ),
    (#"{"maxItems":1}"#, "[1,2]", "has 2 items, more than the maximum 1"),
    (#"{"minProperties":1}"#, "{}", "has no members, fewer than the minimum 1"),
    (#"{"pattern":"^a$"}"#, "\"b\"", "does not match the pattern ^a$"),
    (
      #"{"pattern":"^(a|aa)+$"}"#, "\"\(String(repeating: "a", count: 60))!\"",
      "the pattern ^(a|aa)+$ took too long"
    ),
    (
      #"{"not":{"pattern":"^(a|aa)+$"}}"#, "\"\(String(repeating: "a", count: 60))!\"",
      "the pattern ^(a|aa)+$ took too long"
    ),
    (#"{"uniqueItems":true}"#, "[1,2,1]", "items 0 and 2 are equal, but all must differ"),
    (
      #"{"contains":{"type":"string"}}"#, "[1]",
      "no items of the wanted kind, but there must be at least 1"
    ),
    (
      #"{"contains":{"type":"string"},"maxContains":1}"#, #"["a","b"]"#,
      "2 items of the wanted kind, but there may be at most 1"
    ),
    (#"{"properties":{"user":{"required":["name"]}}}"#, #"{"user":{}}"#, "user: name is missing"),
    (#"{"required":["a b"]}"#, "{}", #""a b" is missing"#),
    (
      #"{"dependentRequired":{"card":["address"]}}"#, #"{"card":1}"#,
      "address is missing, which card asks for"
    ),
    (
      #"{"propertyNames":{"maxLength":1}}"#, #"{"ab":1}"#,
      #"the name "ab" is not allowed: it has 2 characters, more than the maximum 1"#
    ),
    (
      #"{"properties":{"a":true},"additionalProperties":false}"#, #"{"b":1}"#,
      "b: is no known member"
    ),
    (#"{"unevaluatedProperties":false}"#, #"{"b":1}"#, "b: is no known member"),
    (#"{"prefixItems":[true],"items":false}"#, "[1,2]", "[1]: is one item too many"),
    (#"{"properties":{"b":false}}"#, #"{"b":1}"#, "b: is not allowed here"),
    (#"{"not":{"type":"integer"}}"#, "1", "fits what is ruled out"),
    (
      #"{"oneOf":[{"minimum":1},{"type":"string"},{"maximum":9}]}"#, "5",
      "fits the alternatives 1 and 3, but must fit exactly one"
    ),
  ])
  func `a violation says where and what`(schema: String, instance: String, sentence: String) throws
  {
    #expect(try sentences(schema, instance) == [sentence])
  }

  @Test func `every violation is listed, in the order of the schema and the instance`() throws {
    let schema =
      #"{"required":["a","z"],"properties":{"n":{"type":"integer","minimum":5},"t":{"items":{"type":"string"}}},"additionalProperties":false}"#
    let all = [
      "a is missing", "z is missing", "x: is no known member",
      "n: is a number, but must be an integer", "n: 1.5 is less than the minimum 5",
      "t[0]: is an integer, but must be a string", "t[2]: is null, but must be a string",
    ]
    for _ in 0..<5 {
      #expect(try sentences(schema, #"{"x":1,"n":1.5,"t":[1,"a",null]}"#) == all)
    }
  }

  @Test func `a violation knows its places in instance and schema`() throws {
    let schema = try JSON.parse(
      ##"{"$id":"https://example.org/s","$defs":{"n/m":{"maximum":3}},"properties":{"a~b":{"items":{"$ref":"#/$defs/n~1m"}}}}"##
    )
    let found = SchemaValidator(schema).validate(["a~b": [1, 4]]).violations
    #expect(found.map(\.instancePointer) == ["/a~0b/1"])
    #expect(found.map(\.keyword) == ["maximum"])
    #expect(found.map(\.keywordLocation) == ["/properties/a~0b/items/$ref/maximum"])
    #expect(found.map(\.absoluteLocation) == ["https://example.org/s#/$defs/n~1m/maximum"])
  }

  @Test(arguments: [
    // The discriminator decides, however much else is wrong.
    (#"{"kind":"card"}"#, 1, "kind"),
    (#"{"kind":"cash","amount":"x"}"#, 0, "amount"),
    // A type that fits is closer than one that does not.
    (#""text""#, 2, ""),
  ])
  func `the alternative that was meant is found`(instance: String, closest: Int, what: String)
    throws
  {
    let schema = try JSON.parse(
      #"""
      {"anyOf":[
      {"title":"Cash","type":"object","properties":{"kind":{"const":"cash"},"amount":{"type":"integer"}},"required":["kind","amount"]},
      {"title":"Card","type":"object","properties":{"kind":{"const":"card"}},"required":["kind","number","until","code","name"]},
      {"type":"string","maxLength":2}]}
      """#)
    let found = SchemaValidator(schema).validate(try JSON.parse(instance)).violations
    let violation = try #require(found.first)
    #expect(found.count == 1)
    #expect(violation.branches.count == 3)
    #expect(violation.closest == closest)
    #expect(
      violation.sentence.hasPrefix(
        "fits none of the 3 alternatives; the closest is number \(closest + 1)"))
  }

  @Test func `one mistake in a branch is not told again for its neighbours`() throws {
    let schema =
      #"{"allOf":[{"properties":{"a":{"type":"integer"},"b":true}}],"unevaluatedProperties":false}"#
    #expect(
      try sentences(schema, #"{"a":"x","b":1}"#) == ["a: is a string, but must be an integer"])
  }

  @Test func `what is too much is cut and says so`() throws {
    var options = SchemaOptions()
    options.limits.violations = 3
    let validator = SchemaValidator(["items": ["type": "string"]], options: options)
    let answer = validator.validate(.array((0..<10).map { _ in 1 }))
    #expect(answer.violations.count == 3)
    #expect(answer.isTruncated)
  }
}

struct LimitTests {
  @Test func `deep values that look alike on top are told apart quickly`() {
    let elements = (0..<2_000).map { number in
      (0..<40).reduce(JSON.number(JSONNumber(number))) { inner, _ in .array([inner]) }
    }
    let validator = SchemaValidator(["uniqueItems": true])
    #expect(validator.isValid(.array(elements)))
    #expect(!validator.isValid(.array(elements + [elements[7]])))
  }

  @Test func `alternatives within alternatives do not drown what failed`() throws {
    let schema = try JSON.parse(
      ##"""
      {"$ref":"#/$defs/n","$defs":{"n":{"anyOf":[{"$ref":"#/$defs/o"},{"$ref":"#/$defs/o"},{"$ref":"#/$defs/o"},{"$ref":"#/$defs/o"}]},
      "o":{"required":["x"],"properties":{"x":{"$ref":"#/$defs/n"}}}}}
      """##)
    let instance = (0..<5).reduce(JSON.object([:])) { inner, _ in ["x": inner] }
    var options = SchemaOptions()
    options.limits.violations = 50
    let answer = SchemaValidator(schema, options: options).validate(instance)
    #expect(answer.violations.count == 1)
    #expect(!answer.isTruncated)
  }
}
