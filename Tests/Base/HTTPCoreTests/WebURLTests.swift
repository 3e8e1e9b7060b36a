import HTTPCore
import TestRandom
import Testing

@Suite struct WebURLTests {
  private func check(_ text: String, _ expected: String, at line: Int = #line) {
    let shown = parse(text)
    #expect(shown == expected, "line \(line): \(text)")
  }

  private func parse(_ text: String) -> String {
    do throws(WebURLError) { return try WebURL(text).text } catch { return "✗ \(error)" }
  }

  @Test func `URLs come out in their one normal form`() {
    check("http://example.com", "http://example.com/")
    check("HTTPS://EXAMPLE.com:443/Mcp", "https://example.com/Mcp")
    check("http://example.com:80", "http://example.com/")
    check("http://example.com:8080/mcp?x=1#f", "http://example.com:8080/mcp?x=1#f")
    check("  http://a/b\n ", "http://a/b")
    check("ht\ntp://a/\tb", "http://a/b")
    check("http:\\\\a\\b\\c", "http://a/b/c")
    check("http:/a/b", "http://a/b")
    check("http:a", "http://a/")
    check("http://a/./b/../c/%2e%2E/d", "http://a/d")
    check("http://a/../..", "http://a/")
    check("http://a/b/..", "http://a/")
    check("http://a/b/.", "http://a/b/")
    check("http://a//b///c", "http://a//b///c")
    check("http://a/a b\"<>`{}^é", "http://a/a%20b%22%3C%3E%60%7B%7D%5E%C3%A9")
    check("http://a/%zz%41", "http://a/%zz%41")
    check("http://a/?a b'\"<>é{}", "http://a/?a%20b%27%22%3C%3E%C3%A9{}")
    check("http://a/#a b`", "http://a/#a%20b%60")
    check("http://a?q", "http://a/?q")
    check("http://a/?", "http://a/?")
    check("http://a/\u{301}b", "http://a/%CC%81b")
    check("http://user:pa:ss@host/", "http://user:pa%3Ass@host/")
    check("http://a@b@c/", "http://a%40b@c/")
    check("http://exa%6Dple.com/", "http://example.com/")
    check("http://bücher.example/", "http://bücher.example/")
    check("http://a_b/", "http://a_b/")
    check("http://a:/", "http://a/")
    check("http://a:00080/", "http://a/")
    check("urn:x:y", "urn:x:y")
    check("file:///etc/hosts", "file:///etc/hosts")
    check("test://template/{id}/data", "test://template/%7Bid%7D/data")
    check("data:text/plain,a b", "data:text/plain,a b")
    check("web+x:/.//p", "web+x:/.//p")
  }

  @Test func `addresses come out in their one normal form`() {
    check("http://127.0.0.1:9/", "http://127.0.0.1:9/")
    check("http://127.1/", "http://127.0.0.1/")
    check("http://0x7f000001/", "http://127.0.0.1/")
    check("http://0177.0.0.01/", "http://127.0.0.1/")
    check("http://2130706433/", "http://127.0.0.1/")
    check("http://1.2.3.4./", "http://1.2.3.4/")
    check("http://256.1.1.1/", "✗ badIPv4(\"256.1.1.1\")")
    check("http://1.2.3.4.5/", "✗ badIPv4(\"1.2.3.4.5\")")
    check("http://a.09/", "✗ badIPv4(\"a.09\")")
    check("http://99999999999999999999999/", "✗ badIPv4(\"99999999999999999999999\")")
    check("http://[::1]:80/", "http://[::1]/")
    check("http://[2001:DB8:0:0:1:0:0:1]/", "http://[2001:db8::1:0:0:1]/")
    check("http://[::ffff:1.2.3.4]/", "http://[::ffff:102:304]/")
    check("http://[1:2:3:4:5:6:7:8]/", "http://[1:2:3:4:5:6:7:8]/")
    check("http://[1:0:3:4:5:6:7:8]/", "http://[1:0:3:4:5:6:7:8]/")
    check("http://[::]/", "http://[::]/")
    check("http://[1::2::3]/", "✗ badIPv6(\"1::2::3\")")
    check("http://[1:2:3:4:5:6::8]/", "http://[1:2:3:4:5:6:0:8]/")
    check("http://[1:2:3:4:5:6:7::8]/", "✗ badIPv6(\"1:2:3:4:5:6:7::8\")")
    check("http://[fe80::1%25eth0]/", "✗ badIPv6(\"fe80::1%25eth0\")")
    check("http://[::1/", "✗ unclosedBracket")
    check("http://[::1]x/", "✗ badPort(\"x\")")
  }

  @Test func `texts that are no URLs say why`() {
    check("", "✗ missingScheme")
    check("example.com/mcp", "✗ missingScheme")
    check("//a/b", "✗ missingScheme")
    check("1http://a", "✗ missingScheme")
    check("http://", "✗ missingHost")
    check("http:///", "✗ missingHost")
    check("http://:80/", "✗ missingHost")
    check("http://user@/", "✗ missingHost")
    check("http://a b/", "✗ badHost(\"a b\")")
    check("http://a%00b/", "✗ badHost(\"a%00b\")")
    check("http://a%2Fb/", "✗ badHost(\"a%2Fb\")")
    check("http://a%ff/", "✗ badHost(\"a%ff\")")
    check("http://a:65536/", "✗ badPort(\"65536\")")
    check("http://a:8o/", "✗ badPort(\"8o\")")
    check("http://a:-1/", "✗ badPort(\"-1\")")
  }

  @Test func `references resolve as in RFC 3986 with the web's leniency`() throws {
    let base = try WebURL("http://a/b/c/d;p?q#f")
    let rows: [(String, String)] = [
      ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"),
      ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"), ("//g", "http://g/"),
      ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q#s"),
      ("g#s", "http://a/b/c/g#s"), ("g?y#s", "http://a/b/c/g?y#s"), (";x", "http://a/b/c/;x"),
      ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("..", "http://a/b/"),
      ("../g", "http://a/b/g"), ("../../../g", "http://a/g"), ("/./g", "http://a/g"),
      ("g;x=1/../y", "http://a/b/c/y"), ("g?y/../x", "http://a/b/c/g?y/../x"),
      ("\\g", "http://a/g"), ("\\\\g\\h", "http://g/h"),
      ("/messages/?s=1", "http://a/messages/?s=1"),
      ("http://other:9/x", "http://other:9/x"),
    ]
    for (reference, expected) in rows {
      #expect(try base.resolving(reference).text == expected, "\(reference)")
    }
    #expect(throws: WebURLError.baseHasNoPath) { try WebURL("urn:x").resolving("y") }
    #expect(try WebURL("urn:x").resolving("#y").text == "urn:x#y")
  }

  @Test func `parts tell origin, target and credentials`() throws {
    let url = try WebURL("https://me:secret@Example.com:8443/mcp?a=b#frag")
    #expect(url.origin?.description == "https://example.com:8443")
    #expect(url.requestTarget == "/mcp?a=b")
    #expect(url.hasUserinfo)
    #expect(url.description == "https://me:•••@example.com:8443/mcp?a=b#frag")
    #expect(url.withoutSecrets.text == "https://example.com:8443/mcp?a=b")
    #expect(try WebURL("https://a/").isSameOrigin(as: WebURL("https://A:443/x")))
    #expect(try !WebURL("https://a/").isSameOrigin(as: WebURL("http://a/")))
    #expect(try WebURL("urn:x").origin == nil)
    #expect(try WebURL("http://[::1]:9/").bareHost == "::1")
  }

  @Test func `addresses of inner networks are told apart`() throws {
    let inner = [
      "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.31.0.1", "169.254.169.254", "100.64.0.1",
      "0.0.0.0", "[::1]", "[::]", "[fd00::1]", "[fe80::1]", "[::ffff:10.0.0.1]", "0x7f.1",
    ]
    for host in inner { #expect(try WebURL("http://\(host)/").isPrivateAddress, "\(host)") }
    for host in ["8.8.8.8", "172.32.0.1", "[2606:4700::1]", "example.com", "[64:ff9b::8.8.8.8]"] {
      #expect(try !WebURL("http://\(host)/").isPrivateAddress, "\(host)")
    }
    for host in ["localhost", "a.localhost", "127.9.9.9", "[::1]", "[::ffff:127.0.0.1]"] {
      #expect(try WebURL("http://\(host)/").isLoopback, "\(host)")
    }
    #expect(try WebURL("http://xn--bcher-kva.example/").isInternational)
    #expect(try !WebURL("http://buecher.example/").isInternational)
  }

  @Test func `query items are appended behind a query that is there`() throws {
    let url = try WebURL("https://a/authorize?tenant=1").appendingQuery([
      ("scope", "a b&c"), ("é", ""),
    ])
    #expect(url.text == "https://a/authorize?tenant=1&scope=a%20b%26c&%C3%A9=")
    #expect(url.queryItems.map(\.1) == ["1", "a b&c", ""])
    #expect(
      FormEncoding.decode("a=1+2&b&&c=%41=").map { "\($0.0)→\($0.1)" } == ["a→1 2", "b→", "c→A="])
    #expect(
      try WebURL("https://a/x?y#z").withPath("/.well-known/a b").text
        == "https://a/.well-known/a%20b")
  }

  @Test func `parsing what was serialised changes nothing`() {
    var random = SeededRandom(seed: 7)
    let alphabet = Array("ab/:?#[]@\\%2e.. {}\u{e9}\u{301}0x7&=\t".unicodeScalars)
    for _ in 0..<4000 {
      var scalars = String.UnicodeScalarView("http://".unicodeScalars)
      for _ in 0..<Int.random(in: 0..<24, using: &random) {
        scalars.append(alphabet.randomElement(using: &random) ?? "a")
      }
      let once = parse(String(scalars))
      if !once.hasPrefix("✗") {
        #expect(parse(once) == once, "\(String(scalars).debugDescription)")
      }
    }
  }
}
