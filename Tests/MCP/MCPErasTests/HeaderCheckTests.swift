import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Testing

@Suite struct HeaderCheckTests {
  private let plan = MirrorPlan(schema: [
    "type": "object",
    "properties": [
      "text": ["type": "string", "x-mcp-header": "Text"],
      "count": ["type": "integer", "x-mcp-header": "Count"],
    ],
  ])

  private func passes(_ name: String, _ value: String, _ arguments: JSON) -> Bool {
    let check = HeaderCheck { $0 == name ? [value] : [] }
    do {
      try check.check(plan, against: arguments)
      return true
    } catch { return false }
  }

  @Test func `text is compared as it stands, numbers by their value`() {
    #expect(passes("Mcp-Param-Text", "5", ["text": "5"]))
    for text in ["05", "5.0", "+5", "5e0"] {
      #expect(!passes("Mcp-Param-Text", "5", ["text": .string(text)]), "\(text)")
      #expect(!passes("Mcp-Param-Text", text, ["text": "5"]), "\(text)")
    }
    #expect(passes("Mcp-Param-Count", "5", ["count": 5]))
    #expect(passes("Mcp-Param-Count", "5.0", ["count": 5]))
    #expect(!passes("Mcp-Param-Count", "6", ["count": 5]))
    #expect(!passes("Mcp-Param-Count", "five", ["count": 5]))
  }

  @Test func `a name of digits is a name`() throws {
    let known = codec(for: .v20260728)
    let era = try #require(known)
    for (header, name, isFine) in [("07", "07", true), ("7", "07", false), ("7.0", "7", false)] {
      let values = ["Mcp-Method": "tools/call", "Mcp-Name": header]
      let check = HeaderCheck { name in values[name].map { [$0] } ?? [] }
      let request = RPCRequest(id: 1, method: "tools/call", params: ["name": .string(name)])
      var isTaken = true
      do { try check.check(request, era) } catch { isTaken = false }
      #expect(isTaken == isFine, "\(header) for \(name)")
    }
  }
}
