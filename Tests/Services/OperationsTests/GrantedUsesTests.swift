import AuthorizationServer
import HTTPCore
import MCPServer
import Testing

@testable import Operations

@Suite struct GrantedUsesTests {
  private func use(
    _ fields: HTTPFields = ["Authorization": "Bearer a", "Host": "here"], path: String = "/mcp"
  ) throws -> GrantedUses.Use {
    try #require(
      GrantedUses.Use(MCPServer.Credentials(fields: fields, path: path, peer: "127.0.0.1")))
  }

  @Test func `a caller is known for the same token, place and moment alone`() throws {
    var granted = GrantedUses()
    let now = TokenMoment(second: 7, reading: 1)
    #expect(granted.caller(try use(), at: now) == nil)
    granted.add(try use(), .local)
    #expect(granted.caller(try use(), at: now) == .local)
    for other in [
      try use(["Authorization": "Bearer b", "Host": "here"]),
      try use(["Authorization": "Bearer a", "Host": "there"]), try use(path: "/other"),
    ] {
      #expect(granted.caller(other, at: now) == nil)
    }
    #expect(granted.caller(try use(), at: now) == .local)
    #expect(granted.caller(try use(), at: TokenMoment(second: 7, reading: 2)) == nil)
    #expect(granted.caller(try use(), at: now) == nil)
  }

  @Test func `what is not shown once is not remembered`() {
    for fields: HTTPFields in [
      [:], ["Authorization": "Bearer a", "authorization": "Bearer b"],
    ] {
      let shown = MCPServer.Credentials(fields: fields, path: "/mcp", peer: "")
      #expect(GrantedUses.Use(shown) == nil)
    }
  }
}
