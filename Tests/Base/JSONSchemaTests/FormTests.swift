import JSON
import JSONSchema
import Testing

private func deriver(_ schema: String) throws -> FormDeriver { FormDeriver(try JSON.parse(schema)) }

/// The fields of a schema's root as lines: key, `*` where required, `?` where nullable, and the kind.
private func lines(_ schema: String) throws -> [String] {
  let deriver = try deriver(schema)
  return deriver.fields(of: deriver.root).map(line)
}

private func line(_ field: FormField) -> String {
  "\(field.key)\(field.isRequired ? "*" : "")\(field.isNullable ? "?" : "") \(words(field.kind))"
}

private func words(_ kind: FormKind) -> String {
  switch kind {
  case .text(let text):
    "text" + (text.isMultiline ? " box" : "") + (text.isSecret ? " secret" : "")
      + (text.format.map { " \($0)" } ?? "")
  case .integer(let number): "integer" + range(number)
  case .number(let number): "number" + range(number)
  case .boolean: "boolean"
  case .null: "null"
  case .constant(let value): "constant \(value.compact)"
  case .choice(let choices): "choice " + choices.map(\.label).joined(separator: "|")
  case .choices(let choices, _): "choices " + choices.map(\.label).joined(separator: "|")
  case .list(let list): "list of \(list.shape)" + (list.leading.isEmpty ? "" : " tuple")
  case .group(let group): group.isMap ? "map" : "group of \(group.members.count)"
  case .union(let union): "\(union.keyword) " + union.branches.map(\.title).joined(separator: "|")
  case .json: "json"
  }
}

private func range(_ number: FormNumber) -> String {
  let low = number.minimum.map { " \($0.isExclusive ? ">" : ">=")\($0.value.text)" } ?? ""
  let high = number.maximum.map { " \($0.isExclusive ? "<" : "<=")\($0.value.text)" } ?? ""
  return low + high + (number.multipleOf.map { " step \($0.text)" } ?? "")
}

struct FormTests {
  @Test func `scalars keep their limits`() throws {
    #expect(
      try lines(
        #"""
        {"type":"object","required":["limit"],"properties":{
        "limit":{"type":"integer","minimum":1,"maximum":500},
        "ratio":{"type":"number","exclusiveMinimum":0.10,"multipleOf":0.05},
        "on":{"type":"boolean"},"name":{"type":"string","format":"email"},
        "body":{"type":"string","contentMediaType":"text/markdown"},
        "note":{"type":"string","maxLength":5000},"kind":{"const":"a"},"any":{},"yes":true}}
        """#) == [
          "limit* integer >=1 <=500", "ratio number >0.10 step 0.05", "on boolean",
          "name text email", "body text box", "note text box", "kind constant \"a\"", "any json",
          "yes json",
        ])
  }

  @Test func `choices keep the type of their values and their titles`() throws {
    #expect(
      try lines(
        #"""
        {"properties":{"a":{"enum":[1,"x",null]},
        "b":{"enum":["r","g"],"enumNames":["Red","Green"]},
        "c":{"oneOf":[{"const":1,"title":"One"},{"const":2,"title":"Two"}]},
        "d":{"type":"array","items":{"enum":["p","q"]}},
        "e":{"type":"array","items":{"anyOf":[{"const":"p","title":"P"},{"const":"q"}]}},
        "f":{"allOf":[{"enum":[1,2]},{"enum":[2,3]}]}}}
        """#) == [
          "a? choice 1|x", "b choice Red|Green", "c choice One|Two", "d choices p|q",
          "e choices P|q", "f choice 2",
        ])
  }

  @Test func `alternatives of several values each are no choice of single ones`() throws {
    let fields = try lines(#"{"properties":{"k":{"oneOf":[{"enum":["a","b"]},{"enum":["c"]}]}}}"#)
    #expect(fields.count == 1 && fields[0].hasPrefix("k oneOf "), "\(fields)")
  }

  @Test func `null beside a type is no type of its own`() throws {
    #expect(
      try lines(
        #"""
        {"properties":{"a":{"type":["string","null"]},"b":{"anyOf":[{"type":"integer"},{"type":"null"}]},
        "c":{"type":"null"},"d":{"type":"string","nullable":true},
        "e":{"oneOf":[{"type":"null"},{"type":"string"},{"type":"integer"}]},
        "f":{"type":["string","integer"]}}}
        """#) == [
          "a? text", "b? integer", "c null", "d? text", "e? oneOf string|integer",
          "f type integer|string",
        ])
  }

  @Test func `containers tell what they hold`() throws {
    #expect(
      try lines(
        #"""
        {"properties":{"tags":{"type":"array","items":{"type":"string"}},
        "rows":{"type":"array","items":{"type":"object","properties":{"a":{}}}},
        "pair":{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"items":false},
        "map":{"type":"object","additionalProperties":{"type":"integer"}},
        "group":{"type":"object","properties":{"x":{},"y":{}}},
        "loose":{"type":"array"}}}
        """#) == [
          "tags list of scalars", "rows list of objects", "pair list of others tuple", "map map",
          "group group of 2", "loose list of others",
        ])
  }

  @Test func `secrets are known by format, direction and name`() throws {
    #expect(
      try lines(
        #"""
        {"properties":{"a":{"type":"string","format":"password"},"b":{"type":"string","writeOnly":true},
        "apiKey":{"type":"string"},"access_token":{"type":"string"},"pageToken":{"type":"string"},
        "secretary":{"type":"string"},"DB_PASSWORD":{"type":"string"}}}
        """#) == [
          "a text secret password", "b text secret", "apiKey text secret",
          "access_token text secret", "pageToken text", "secretary text", "DB_PASSWORD text secret",
        ])
  }

  @Test func `allOf and references are one part, outer words first`() throws {
    let deriver = try deriver(
      #"""
      {"$defs":{"n":{"type":"integer","title":"inner","minimum":1,"description":"from the definition"}},
      "properties":{"a":{"$ref":"#/$defs/n","title":"outer","minimum":5,"default":7}},
      "allOf":[{"properties":{"a":{"maximum":9},"b":{"type":"string"}},"required":["b"]}]}
      """#)
    let fields = deriver.fields(of: deriver.root)
    #expect(fields.map(line) == ["a integer >=5 <=9", "b* text"])
    #expect(fields[0].title == "outer")
    #expect(fields[0].description == "from the definition")
    #expect(fields[0].defaultValue == 7)
    #expect(fields[0].pointer == "/a")
  }

  @Test func `alternatives are named by title, discriminator, reference or required keys`() throws {
    let deriver = try deriver(
      ##"""
      {"type":"object","required":["id"],"properties":{"id":{"type":"string"},
      "a":{"oneOf":[{"title":"Card","properties":{"n":{}}},{"title":"Cash"}]},
      "b":{"oneOf":[{"properties":{"k":{"const":"x"},"v":{"type":"integer"}}},{"properties":{"k":{"const":"y"}}}]},
      "c":{"anyOf":[{"$ref":"#/$defs/Left"},{"$ref":"#/$defs/Right"}]}},
      "anyOf":[{"required":["a"]},{"required":["b"]}],
      "$defs":{"Left":{"type":"object"},"Right":{"type":"array"}}}
      """##)
    #expect(words(deriver.root.kind) == "anyOf with a|with b")
    let chosen = try #require(deriver.branch(1, of: deriver.root))
    let fields = deriver.fields(of: chosen)
    #expect(
      fields.map(line) == ["id* text", "a oneOf Card|Cash", "b* oneOf x|y", "c anyOf Left|Right"])
    guard case .union(let union) = fields[2].kind else {
      Issue.record("b is no union")
      return
    }
    #expect(union.branches.map(\.discriminator?.key) == ["k", "k"])
    let branch = try #require(deriver.branch(0, of: fields[2]))
    #expect(deriver.fields(of: branch).map(line) == ["k constant \"x\"", "v integer"])
    #expect(branch.pointer == "/b")
  }

  @Test func `recursion unfolds on demand`() throws {
    let deriver = try deriver(
      ##"{"properties":{"name":{"type":"string"},"kids":{"type":"array","items":{"$ref":"#"}}}}"##)
    var field = deriver.root
    for _ in 0..<50 {
      let kids = deriver.fields(of: field)[1]
      field = try #require(deriver.element(0, of: kids))
    }
    #expect(field.pointer.hasPrefix("/kids/0/kids/0/"))
    #expect(deriver.fields(of: field).map(line) == ["name text", "kids list of objects"])
  }

  @Test(arguments: [
    ##"{"$ref":"#"}"##, ##"{"allOf":[{"$ref":"#"}]}"##,
    ##"{"anyOf":[{"$ref":"#"},{"type":"null"}]}"##,
    ##"{"oneOf":[{"$ref":"#"},{"$ref":"#"}]}"##, ##"{"items":{"$ref":"#/items"}}"##,
    "5", "[]", "null", "\"x\"", #"{"properties":5,"required":7,"type":{},"enum":{},"oneOf":[]}"#,
    #"{"properties":{"a":5},"items":"x","minLength":"y","allOf":3}"#, "false",
  ])
  func `a broken or endless schema still gives a form`(schema: String) throws {
    let deriver = try deriver(schema)
    var field = deriver.root
    for _ in 0..<10 {
      _ = deriver.fields(of: field)
      field = deriver.branch(0, of: field) ?? deriver.element(0, of: field) ?? field
    }
    _ = deriver.types(at: ["a", "0", "b"])
  }

  @Test func `what cannot be shown is a JSON cell with its reason`() throws {
    let deriver = try deriver(
      #"{"properties":{"a":false,"b":{"allOf":[{"type":"string"},{"type":"integer"}]},"c":{"$ref":"https://x.test/y"}}}"#
    )
    let fields = deriver.fields(of: deriver.root)
    #expect(fields.map(line) == ["a json", "b json", "c json"])
    #expect(
      fields.flatMap(\.findings).map(\.sentence) == [
        "nothing is allowed here", "the types of the schemas combined here exclude each other",
        "nothing known is at https://x.test/y; network references are never fetched",
      ])
  }

  @Test func `the types expected somewhere turn text into values`() throws {
    let deriver = try deriver(
      #"""
      {"properties":{"n":{"type":"integer"},"s":{"type":"string"},"e":{"enum":[1,"a"]},"any":{},
      "deep":{"properties":{"list":{"items":{"type":"boolean"}}}},"u":{"anyOf":[{"type":"number"},{"type":"string"}]}},
      "additionalProperties":{"type":"null"}}
      """#)
    let rows: [(path: [String], text: String, value: JSON?)] = [
      (["n"], "5", 5), (["n"], "1e2", .number(try #require(JSONNumber(text: "1e2")))),
      (["n"], "x", nil), (["s"], "5", "5"), (["e"], "1", 1), (["e"], "a", "a"),
      (["any"], "{\"a\":1}", ["a": 1]), (["any"], "{a", "{a"),
      (["deep", "list", "0"], "true", true),
      (["deep"], "{}", [:]), (["u"], "1.50", 1.5), (["u"], "one", "one"),
      (["other"], "null", nil as JSON? ?? .null),
    ]
    for row in rows {
      let types = deriver.types(at: row.path)
      #expect(
        SchemaCoercion.value(row.text, as: types) == row.value, "\(row.path) \(row.text) \(types)")
    }
  }
}
