/// A `tools/list` result of a wanted size, the same bytes for the same seed.
struct ToolsList {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func text(ofAbout size: Int) -> [UInt8] {
    var bytes = Array(#"{"tools":["#.utf8)
    bytes.reserveCapacity(size + 4096)
    var index = 0
    while bytes.count < size {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += tool(index).utf8
      index += 1
    }
    return bytes + "]}".utf8
  }

  mutating func tool(_ index: Int) -> String {
    let properties = (0..<(2 + pick(6))).map { property($0) }.joined(separator: ",")
    return """
      {"name":"\(word())_\(word())_\(index)","title":"\(sentence(3))",\
      "description":"\(sentence(12 + pick(40)))\\n\(sentence(8))",\
      "inputSchema":{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",\
      "properties":{\(properties)},"required":["p0"],"additionalProperties":false},\
      "annotations":{"readOnlyHint":\(pick(2) == 0),"openWorldHint":true},\
      "_meta":{"cost":\(pick(1000)).\(pick(100)),"rank":\(pick(1_000_000))}}
      """
  }

  private mutating func property(_ index: Int) -> String {
    let head = #""p\#(index)":{"description":"\#(sentence(4 + pick(10)))","#
    switch pick(4) {
    case 0: return head + #""type":"integer","minimum":0,"maximum":\#(pick(100_000))}"#
    case 1: return head + #""type":"string","enum":["\#(word())","\#(word())","\#(word())"]}"#
    case 2: return head + #""type":"array","items":{"type":"number"},"default":[0.5,1e3,-2]}"#
    default: return head + #""type":"string","default":"caf\u00e9 \"\#(word())\" – Grüße"}"#
    }
  }

  private mutating func sentence(_ count: Int) -> String {
    (0..<count).map { _ in word() }.joined(separator: " ")
  }

  private mutating func word() -> String { Self.words[pick(Self.words.count)] }

  private static let words = [
    "read", "write", "query", "the", "file", "of", "a", "project", "session", "list", "search",
    "with", "and", "customer", "ticket", "returns", "matching", "records", "page", "cursor",
    "when", "given", "issue", "branch", "repository", "measure", "weather", "forecast", "in",
  ]

  /// Below `limit`; a linear congruential generator is random enough for test text.
  private mutating func pick(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }
}
