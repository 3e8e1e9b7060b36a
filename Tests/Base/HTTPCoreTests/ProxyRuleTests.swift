import HTTPCore
import Testing

@Suite struct ProxyRuleTests {
  private func proxy(_ environment: [String: String], _ url: String) throws -> String? {
    try ProxyRule(environment: environment).proxy(for: WebURL(url)).map { "\($0.source)=\($0)" }
  }

  @Test func `the scheme's own variable wins over the one for all`() throws {
    let environment = ["http_proxy": "p:1", "HTTPS_PROXY": "q:2", "all_proxy": "socks5://r:3"]
    #expect(try proxy(environment, "http://a/") == "http_proxy=p:1")
    #expect(try proxy(environment, "https://a/") == "HTTPS_PROXY=q:2")
    #expect(try proxy(["ALL_PROXY": "socks5://r:3"], "https://a/") == "ALL_PROXY=socks5://r:3")
    #expect(try proxy(["http_proxy": "s:1", "HTTP_PROXY": "l:1"], "http://a/") == "http_proxy=s:1")
    #expect(try proxy(["http_proxy": " "], "http://a/") == nil)
    #expect(try proxy([:], "http://a/") == nil)
  }

  @Test func `HTTP_PROXY is not believed under CGI`() throws {
    #expect(try proxy(["HTTP_PROXY": "p:1", "REQUEST_METHOD": "GET"], "http://a/") == nil)
  }

  @Test func `exceptions name hosts, domains, addresses and networks`() throws {
    let rows: [(String, String, Bool)] = [
      ("*", "http://a/", true), ("example.com", "http://example.com/", true),
      ("example.com", "http://www.example.com/", true),
      (".example.com", "http://example.com/", true),
      ("example.com", "http://notexample.com/", false), ("a, b", "http://b/", true),
      ("127.0.0.1", "http://127.0.0.1:9/", true), ("127.0.0.0/8", "http://127.9.9.9/", true),
      ("10.0.0.0/9", "http://10.200.0.1/", false), ("10.0.0.0/9", "http://10.100.0.1/", true),
      ("::1", "http://[::1]/", true), ("[::1]", "http://[::1]/", true),
      ("fd00::/8", "http://[fd12::1]/", true), ("0.0.0.0/0", "http://1.2.3.4/", true),
      ("localhost", "http://127.0.0.1/", false), ("LocalHost", "http://localhost/", true),
      ("", "http://a/", false), ("10.0.0.0/99", "http://10.0.0.0/", false),
    ]
    for (exceptions, url, isDirect) in rows {
      let found = try proxy(["http_proxy": "p:1", "no_proxy": exceptions], url)
      #expect((found == nil) == isDirect, "\(exceptions) for \(url)")
    }
  }

  @Test func `credentials of a proxy are not shown`() {
    let shown = ProxyChoice(address: "http://me:pw@p:1", source: "x").description
    #expect(shown == "http://•••@p:1")
  }
}
