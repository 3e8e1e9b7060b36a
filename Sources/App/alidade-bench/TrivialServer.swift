import JSON

/// A server that does next to nothing, so that what is measured is its client: answers stand ready, and only the id
/// of each question goes into them.
struct TrivialServer: Sendable {
  private let pages: [[UInt8]]
  private let big: [UInt8]
  private let text: [UInt8]

  /// That many tools on pages of that size, and big results of about that many bytes.
  init(tools: Int = 2, perPage: Int = 200, bigBytes: Int = 0) {
    pages = Self.pages(of: Self.tools(tools), perPage)
    big = bigBytes == 0 ? [] : Self.structured(bigBytes)
    text = bigBytes == 0 ? [] : Self.plain(bigBytes)
  }

  /// The pieces of the answer one after another; nil for what needs none.
  func answer(to question: [UInt8]) -> [[UInt8]]? {
    let json: JSON
    do { json = try JSON.parse(question) } catch { return [Array(Self.parseError.utf8)] }
    guard let id = json["id"] else { return nil }
    let head = Array(#"{"jsonrpc":"2.0","id":\#(id.compact),"#.utf8)
    guard let result = result(json["method"]?.string ?? "", json["params"] ?? .null) else {
      return [head, Array(#""error":{"code":-32601,"message":"Method not found"}}"#.utf8)]
    }
    return [head, Array(#""result":"#.utf8), result, [UInt8(ascii: "}")]]
  }

  private static let parseError =
    #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Parse error"}}"#

  private func result(_ method: String, _ params: JSON) -> [UInt8]? {
    switch method {
    case "initialize": Array(Self.opening(params["protocolVersion"] ?? "").utf8)
    case "ping": Array("{}".utf8)
    case "tools/list": pages[min(Int(params["cursor"]?.string ?? "") ?? 0, pages.count - 1)]
    case "tools/call": results[params["name"]?.string ?? ""] ?? Array(Self.echoed.utf8)
    default: nil
    }
  }

  private var results: [String: [UInt8]] { ["big": big, "text": text] }

  /// Whatever revision the client asks for is agreed to.
  private static func opening(_ version: JSON) -> String {
    #"{"protocolVersion":\#(version.compact),"capabilities":{"tools":{}},"#
      + #""serverInfo":{"name":"trivial","version":"1"}}"#
  }

  private static let echoed = #"{"content":[{"type":"text","text":"hello"}]}"#
}

// MARK: - What stands ready

extension TrivialServer {
  private static func tools(_ count: Int) -> [[UInt8]] {
    var list = ToolsList(seed: 20_251_125)
    return own + (0..<max(0, count - own.count)).map { Array(list.tool($0).utf8) }
  }

  /// The tools that can be called. The big answer's schema has the client look at every value in it.
  private static let own: [[UInt8]] = [
    #"{"name":"echo","inputSchema":{"type":"object"}}"#,
    """
    {"name":"big","inputSchema":{"type":"object"},"outputSchema":{"type":"object","required":["tools"],\
    "properties":{"tools":{"type":"array","items":{"type":"object","required":["name","inputSchema"],\
    "properties":{"name":{"type":"string"},"title":{"type":"string","minLength":1},\
    "description":{"type":"string"},"inputSchema":{"type":"object","properties":{"type":{"const":"object"}}},\
    "_meta":{"type":"object","additionalProperties":{"type":"number"}}}}}}}}
    """,
    #"{"name":"text","inputSchema":{"type":"object"}}"#,
  ].map { Array($0.utf8) }

  private static func pages(of tools: [[UInt8]], _ perPage: Int) -> [[UInt8]] {
    stride(from: 0, to: tools.count, by: perPage).map { start in
      let end = min(start + perPage, tools.count)
      let next = end < tools.count ? #","nextCursor":"\#(end / perPage)""# : ""
      let items = tools[start..<end].joined(separator: [UInt8(ascii: ",")])
      return Array(#"{"tools":["#.utf8) + items + Array("]\(next)}".utf8)
    }
  }

  private static func structured(_ size: Int) -> [UInt8] {
    var list = ToolsList(seed: 50)
    return Array(#"{"content":[{"type":"text","text":"see there"}],"structuredContent":"#.utf8)
      + list.text(ofAbout: size) + [UInt8(ascii: "}")]
  }

  private static func plain(_ size: Int) -> [UInt8] {
    let line = Array(
      #"A line of a log that some tool has read: caf\u00e9, \"quoted\" – Grüße.\n"#.utf8)
    let lines = Array(repeating: line, count: max(1, size / line.count)).joined()
    return Array(#"{"content":[{"type":"text","text":""#.utf8) + lines + Array(#""}]}"#.utf8)
  }
}
