import HTTPCore
import Testing

@Suite struct RedirectRuleTests {
  private func decide(_ status: Int, _ location: String?, from urls: String...) throws -> String {
    let visited = try urls.map { try WebURL($0) }
    let decision = RedirectRule(limit: 3).decide(
      status: status, locations: location.map { [$0] } ?? [], visited: visited)
    return switch decision {
    case .follow(let url): url.text
    case .refuse(let refusal): "✗ " + refusal.sentence
    }
  }

  @Test func `307 and 308 within the origin are followed`() throws {
    #expect(try decide(307, "/mcp/", from: "http://a/mcp") == "http://a/mcp/")
    #expect(try decide(308, "http://a:80/mcp/?x#f", from: "http://a/mcp") == "http://a/mcp/?x")
  }

  @Test func `every other redirect is refused with its reason`() throws {
    let rows: [(Int, String?, String, String)] = [
      (307, nil, "http://a/", "without a Location"),
      (307, "http://[", "http://a/", "broken"),
      (307, "https://a/", "http://a/", "do not cross an origin"),
      (307, "http://b/", "http://a/", "do not cross an origin"),
      (307, "http://a:81/", "http://a/", "do not cross an origin"),
      (308, "http://a/", "https://a/", "not encrypted"),
      (307, "ftp://a/", "http://a/", "not HTTP"),
      (301, "/x", "http://a/", "drops the request"),
      (302, "/x", "http://a/", "drops the request"),
      (303, "/x", "http://a/", "drops the request"),
      (307, "/", "http://a/", "circle"),
    ]
    for (status, location, from, reason) in rows {
      let said = try decide(status, location, from: from)
      #expect(said.hasPrefix("✗") && said.contains(reason), "\(status) \(location ?? "–"): \(said)")
    }
    #expect(
      try decide(307, "/5", from: "http://a/1", "http://a/2", "http://a/3", "http://a/4").contains(
        "more than 3"))
    #expect(try decide(307, "/1", from: "http://a/1", "http://a/2").contains("circle"))
  }

  @Test func `two different locations are not guessed between`() throws {
    let url = try WebURL("http://a/")
    let decision = RedirectRule().decide(status: 307, locations: ["/x", "/y"], visited: [url])
    #expect(decision == .refuse(.severalLocations(["/x", "/y"])))
  }
}
