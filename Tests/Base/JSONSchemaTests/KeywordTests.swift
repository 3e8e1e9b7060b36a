import JSONSchema
import Testing

struct KeywordTests {
  @Test func `types and fixed values are told apart by value`() throws {
    try check([
      SchemaRow(#"{"type":"integer"}"#, fits: ["1", "1.0", "1e3", "-0"], fails: ["1.5", "\"1\""]),
      SchemaRow(#"{"type":["string","null"]}"#, fits: ["\"a\"", "null"], fails: ["1", "[]"]),
      SchemaRow(#"{"const":1.0}"#, fits: ["1", "10e-1"], fails: ["true", "1.01"]),
      SchemaRow(#"{"const":{"a":[1,{"b":2}]}}"#, fits: [#"{"a":[1.0,{"b":2}]}"#], fails: ["{}"]),
      SchemaRow("{\"const\":\"\u{e9}\"}", fits: ["\"\u{e9}\""], fails: ["\"e\u{301}\""]),
      SchemaRow(
        #"{"enum":[1,2,3,4,5,6,7,8,9,10,"x",null]}"#, fits: ["10.0", "\"x\"", "null"],
        fails: ["11", "false"]),
      SchemaRow("true", fits: ["1", "null"]),
      SchemaRow("false", fails: ["1", "null"]),
    ])
  }

  @Test func `numbers are compared digit by digit`() throws {
    try check([
      SchemaRow(
        #"{"maximum":9007199254740992}"#, fits: ["9007199254740992", "9.007199254740992e15"],
        fails: ["9007199254740993", "1e400"]),
      SchemaRow(#"{"exclusiveMinimum":0.1}"#, fits: ["0.10000000000000000001"], fails: ["0.10"]),
      SchemaRow(#"{"minimum":-2}"#, fits: ["-2", "-1e-99"], fails: ["-2.000000000000000001"]),
      SchemaRow(
        #"{"multipleOf":0.01}"#, fits: ["4.02", "0", "1e300", "0.07"], fails: ["4.021", "1e-3"]),
      SchemaRow(#"{"multipleOf":0.0001}"#, fits: ["0.0075"], fails: ["0.00751"]),
      SchemaRow(
        #"{"multipleOf":123456789012345678901234567890}"#,
        fits: ["370370367037037036703703703670"], fails: ["370370367037037036703703703671"]),
      SchemaRow(#"{"multipleOf":7}"#, fits: ["49e0", "-14"], fails: ["1e999999999999999999999"]),
      SchemaRow(#"{"multipleOf":0.5}"#, fits: ["1e308", "1e999999999999"], fails: ["0.3"]),
    ])
  }

  @Test func `lengths count code points`() throws {
    try check([
      SchemaRow(
        #"{"maxLength":2}"#, fits: ["\"💩💩\"", "\"\""], fails: ["\"abc\"", "\"e\u{301}e\""]),
      SchemaRow(#"{"minLength":2.0}"#, fits: ["\"ab\"", "7"], fails: ["\"💩\""]),
      SchemaRow(#"{"pattern":"^a+$"}"#, fits: ["\"aa\"", "1"], fails: ["\"\"", "\"aa\\n\""]),
    ])
  }

  @Test func `arrays are judged by place, rest, count and difference`() throws {
    try check([
      SchemaRow(
        #"{"prefixItems":[{"type":"string"}],"items":{"type":"integer"}}"#,
        fits: ["[]", #"["a",1]"#], fails: ["[1]", #"["a","b"]"#]),
      SchemaRow(#"{"items":false,"prefixItems":[true]}"#, fits: ["[1]"], fails: ["[1,2]"]),
      SchemaRow(
        #"{"uniqueItems":true}"#, fits: ["[1,true,\"1\"]", "[[1],[true]]"],
        fails: ["[1,1.0]", #"[{"a":1,"b":2},{"b":2,"a":1}]"#]),
      SchemaRow(
        #"{"contains":{"const":1},"minContains":2,"maxContains":3}"#, fits: ["[1,1]", "[1,2,1,1]"],
        fails: ["[1]", "[1,1,1,1]"]),
      SchemaRow(#"{"contains":{"const":1},"minContains":0}"#, fits: ["[]", "[2]"]),
      SchemaRow(#"{"minItems":1,"maxItems":2}"#, fits: ["[1]"], fails: ["[]", "[1,2,3]"]),
    ])
  }

  @Test func `objects are judged by names, members and dependencies`() throws {
    try check([
      SchemaRow(
        #"{"properties":{"a":{"type":"integer"}},"patternProperties":{"^x-":true},"additionalProperties":false}"#,
        fits: [#"{"a":1,"x-b":2}"#], fails: [#"{"a":"1"}"#, #"{"b":1}"#]),
      SchemaRow(#"{"required":["a","b"]}"#, fits: [#"{"a":1,"b":2}"#, "[]"], fails: ["{}"]),
      SchemaRow(#"{"propertyNames":{"maxLength":1}}"#, fits: [#"{"a":1}"#], fails: [#"{"ab":1}"#]),
      SchemaRow(#"{"dependentRequired":{"a":["b"]}}"#, fits: ["{}"], fails: [#"{"a":1}"#]),
      SchemaRow(
        #"{"dependentSchemas":{"a":{"minProperties":2}}}"#, fits: [#"{"b":1}"#],
        fails: [#"{"a":1}"#]),
      SchemaRow(#"{"dependencies":{"a":["b"],"c":false}}"#, fits: ["{}"], fails: [#"{"c":1}"#]),
      SchemaRow(#"{"minProperties":1,"maxProperties":1}"#, fits: [#"{"a":1}"#], fails: ["{}"]),
      SchemaRow(
        #"{"properties":{"__proto__":{"type":"integer"}},"required":["toString"]}"#,
        fits: [#"{"toString":1}"#], fails: [#"{"__proto__":"x","toString":1}"#, "{}"]),
    ])
  }

  @Test func `branches combine answers`() throws {
    try check([
      SchemaRow(
        #"{"anyOf":[{"type":"string"},{"minimum":5}]}"#, fits: ["\"a\"", "5"], fails: ["4"]),
      SchemaRow(#"{"oneOf":[{"minimum":1},{"maximum":3}]}"#, fits: ["0", "4"], fails: ["2"]),
      SchemaRow(#"{"not":{"type":"string"}}"#, fits: ["1"], fails: ["\"a\""]),
      SchemaRow(
        #"{"if":{"properties":{"k":{"const":1}},"required":["k"]},"then":{"required":["a"]},"else":{"required":["b"]}}"#,
        fits: [#"{"k":1,"a":0}"#, #"{"b":0}"#], fails: [#"{"k":1}"#, #"{"a":0}"#]),
    ])
  }

  @Test func `what no part has evaluated is left for the unevaluated keywords`() throws {
    try check([
      SchemaRow(
        #"{"allOf":[{"properties":{"a":true}}],"anyOf":[{"properties":{"b":{"const":1}},"required":["b"]},true],"unevaluatedProperties":false}"#,
        fits: [#"{"a":1}"#, #"{"a":1,"b":1}"#], fails: [#"{"c":1}"#, #"{"b":2}"#]),
      SchemaRow(
        #"{"prefixItems":[true],"contains":{"const":7},"unevaluatedItems":{"type":"string"}}"#,
        fits: [#"[0,7,"a"]"#], fails: ["[0,7,1]"]),
      SchemaRow(
        #"{"$schema":"https://json-schema.org/draft/2019-09/schema","contains":{"const":7},"unevaluatedItems":false}"#,
        fails: ["[7]"]),
      SchemaRow(
        #"{"if":{"properties":{"a":{"const":1}},"required":["a"]},"then":{"properties":{"b":true}},"unevaluatedProperties":false}"#,
        fits: [#"{"a":1,"b":2}"#], fails: [#"{"a":2}"#, #"{"b":2}"#]),
    ])
  }

  @Test func `older drafts keep their own ways`() throws {
    let draft4 = "http://json-schema.org/draft-04/schema#"
    let draft7 = "https://json-schema.org/draft-07/schema"
    try check([
      SchemaRow(#"{"$schema":"\#(draft4)","type":"integer"}"#, fits: ["1"], fails: ["1.0"]),
      SchemaRow(
        #"{"$schema":"\#(draft4)","maximum":3,"exclusiveMaximum":true}"#, fits: ["2.9"],
        fails: ["3"]),
      SchemaRow(
        #"{"$schema":"\#(draft7)","items":[{"type":"string"}],"additionalItems":false}"#,
        fits: [#"["a"]"#], fails: ["[1]", #"["a",1]"#]),
      SchemaRow(
        ##"{"$schema":"\##(draft7)","definitions":{"s":{"type":"string"}},"properties":{"a":{"$ref":"#/definitions/s","maxLength":1}}}"##,
        fits: [#"{"a":"long"}"#], fails: [#"{"a":1}"#]),
      SchemaRow(
        #"{"$schema":"\#(draft7)","prefixItems":[false],"dependentRequired":{"a":["b"]}}"#,
        fits: ["[1]", #"{"a":1}"#]),
    ])
  }
}
