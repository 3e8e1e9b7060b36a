import JSON
import MCPProtocol
import Testing

@Suite struct ContentBlockTests {
  @Test func `every known block survives reading and writing`() {
    let blocks: [JSON] = [
      ["type": "text", "text": "hi", "annotations": ["audience": ["user"], "priority": 0.5]],
      ["type": "image", "data": "aGk=", "mimeType": "image/png", "_meta": ["a": 1]],
      ["type": "audio", "data": "aGk=", "mimeType": "audio/wav"],
      ["type": "resource", "resource": ["uri": "x:1", "mimeType": "text/plain", "text": "hi"]],
      ["type": "resource_link", "uri": "x:1", "name": "one"],
      ["type": "tool_use", "id": "u1", "name": "t", "input": ["a": 1]],
      ["type": "tool_result", "toolUseId": "u1", "content": [["type": "text", "text": "x"]]],
    ]
    for block in blocks {
      let decoded = Decoded<ContentBlock>(block)
      #expect(decoded.issues == [])
      #expect(decoded.value?.json == block)
    }
  }

  @Test func `an unknown or broken block is kept raw beside the others`() {
    let result = Decoded<ToolResult>([
      "content": [
        ["type": "hologram", "beam": 1], ["type": "text", "text": "kept"], ["text": "untyped"], 7,
        ["type": "image"],
      ]
    ])
    let blocks = result.value?.content ?? []
    #expect(blocks.count == 5)
    #expect(blocks[0].value?.kind == .unknown(type: "hologram"))
    #expect(blocks[0].raw == ["type": "hologram", "beam": 1])
    #expect(blocks[1].value?.kind == .text("kept"))
    #expect(blocks[2].value?.kind == .unknown(type: nil))
    #expect(blocks[3].value == nil && blocks[3].raw == 7)
    #expect(blocks[4].value == nil)
    #expect(
      result.issues.map(\.description) == [
        "/content/0/type has the unknown value \"hologram\"", "/content/2/type is missing",
        "/content/3 is a number, not a content block", "/content/4/data is missing",
        "/content/4/mimeType is missing",
      ])
  }

  @Test func `content that is one object counts as an array of one`() {
    let result = Decoded<ToolResult>(["content": ["type": "text", "text": "x"]])
    #expect(result.value?.content.map { $0.value?.kind } == [.text("x")])
    #expect(result.issues.map(\.description) == ["/content is an object, not an array"])
  }

  @Test func `a result without content is an empty one`() {
    let result = Decoded<ToolResult>([:])
    #expect(result.value?.content == [])
    #expect(result.issues.map(\.description) == ["/content is missing"])
  }

  @Test func `a sampled message takes one block or several`() {
    let one = Decoded<SamplingMessage>(["role": "user", "content": ["type": "text", "text": "a"]])
    #expect(one.value?.content.blocks.count == 1)
    #expect(one.value?.json["content"]?["text"] == "a")
    let two = Decoded<SamplingMessage>([
      "role": "user", "content": [["type": "text", "text": "a"], ["type": "text", "text": "b"]],
    ])
    #expect(two.value?.content.blocks.count == 2)
    #expect(two.value?.json["content"]?.array?.count == 2)
  }
}
