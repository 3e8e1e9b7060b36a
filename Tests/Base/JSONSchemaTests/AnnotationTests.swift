import JSON
import JSONSchema
import Testing

/// What a schema notes about an instance: pointer, keyword, value.
private func notes(_ schema: String, _ instance: String) throws -> [String] {
  SchemaValidator(try JSON.parse(schema))
    .validate(try JSON.parse(instance), collectingAnnotations: true)
    .annotations.map { "\($0.path.pointer) \($0.keyword) \($0.value.compact)" }
}

struct AnnotationTests {
  @Test func `what a schema says is kept where it applies`() throws {
    #expect(
      try notes(
        #"{"title":"T","properties":{"a":{"description":"D","format":"uri"},"b":{"default":1}}}"#,
        #"{"a":"x"}"#) == [#"/a description "D""#, #"/a format "uri""#, #" title "T""#])
  }

  @Test func `alternatives that fail say nothing, all that fit do`() throws {
    let schema =
      #"{"anyOf":[{"type":"string","title":"S"},{"type":"integer","title":"I"},{"title":"any"}]}"#
    #expect(try notes(schema, "1") == [#" title "I""#, #" title "any""#])
    #expect(try notes(#"{"not":{"title":"N","type":"string"}}"#, "1") == [])
    #expect(
      try notes(#"{"if":{"title":"I"},"then":{"title":"T"},"else":{"title":"E"}}"#, "1") == [
        #" title "I""#, #" title "T""#,
      ])
  }

  @Test func `content is noted for strings, names say nothing about members`() throws {
    let content = #"{"contentMediaType":"application/json","contentEncoding":"base64"}"#
    #expect(
      try notes(content, "\"x\"") == [
        #" contentMediaType "application/json""#, #" contentEncoding "base64""#,
      ])
    #expect(try notes(content, "1") == [])
    #expect(try notes(#"{"propertyNames":{"title":"N"}}"#, #"{"a":1}"#) == [])
  }

  @Test func `unknown keywords are notes since 2019-09`() throws {
    #expect(try notes(#"{"x-own":1,"$comment":"c"}"#, "1") == [" x-own 1"])
    #expect(
      try notes(#"{"$schema":"http://json-schema.org/draft-07/schema#","x-own":1}"#, "1") == [])
  }
}
