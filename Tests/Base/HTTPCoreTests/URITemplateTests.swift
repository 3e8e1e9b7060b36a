import HTTPCore
import Testing

@Suite struct URITemplateTests {
  private static let values: [String: URITemplateValue] = [
    "count": ["one", "two", "three"], "dom": ["example", "com"], "dub": "me/too",
    "hello": "Hello World!", "half": "50%", "var": "value", "who": "fred",
    "base": "http://example.com/home/", "path": "/foo/bar", "list": ["red", "green", "blue"],
    "keys": .pairs([.init("semi", ";"), .init("dot", "."), .init("comma", ",")]),
    "v": "6", "x": "1024", "y": "768", "empty": "", "empty_keys": .pairs([]),
  ]

  private static let expansions: [(String, String)] = [
    ("{var}", "value"), ("{hello}", "Hello%20World%21"), ("{half}", "50%25"), ("O{empty}X", "OX"),
    ("O{undef}X", "OX"), ("{x,y}", "1024,768"), ("{x,hello,y}", "1024,Hello%20World%21,768"),
    ("?{x,empty}", "?1024,"), ("?{x,undef}", "?1024"), ("?{undef,y}", "?768"), ("{var:3}", "val"),
    ("{var:30}", "value"), ("{list}", "red,green,blue"), ("{list*}", "red,green,blue"),
    ("{keys}", "semi,%3B,dot,.,comma,%2C"), ("{keys*}", "semi=%3B,dot=.,comma=%2C"),
    ("{+var}", "value"), ("{+hello}", "Hello%20World!"), ("{+half}", "50%25"),
    ("{base}index", "http%3A%2F%2Fexample.com%2Fhome%2Findex"),
    ("{+base}index", "http://example.com/home/index"), ("{+path}/here", "/foo/bar/here"),
    ("here?ref={+path}", "here?ref=/foo/bar"), ("up{+path}{var}/here", "up/foo/barvalue/here"),
    ("{+path:6}/here", "/foo/b/here"), ("{+keys*}", "semi=;,dot=.,comma=,"),
    ("X{#var}", "X#value"), ("{#x,hello,y}", "#1024,Hello%20World!,768"), ("foo{#empty}", "foo#"),
    ("foo{#undef}", "foo"), ("{#keys}", "#semi,;,dot,.,comma,,"),
    ("X{.var}", "X.value"), ("www{.dom*}", "www.example.com"), ("X{.empty}", "X."),
    ("X{.list}", "X.red,green,blue"), ("X{.empty_keys*}", "X"),
    ("X{.keys*}", "X.semi=%3B.dot=..comma=%2C"),
    ("{/who}", "/fred"), ("{/half,who}", "/50%25/fred"), ("{/var,empty}", "/value/"),
    ("{/var,undef}", "/value"), ("{/list*}", "/red/green/blue"),
    ("{/list*,path:4}", "/red/green/blue/%2Ffoo"),
    ("{;who}", ";who=fred"), ("{;empty}", ";empty"), ("{;v,bar,who}", ";v=6;who=fred"),
    ("{;list*}", ";list=red;list=green;list=blue"), ("{;keys}", ";keys=semi,%3B,dot,.,comma,%2C"),
    ("{?who}", "?who=fred"), ("{?x,y,empty}", "?x=1024&y=768&empty="),
    ("{?x,y,undef}", "?x=1024&y=768"),
    ("{?var:3}", "?var=val"), ("{?list}", "?list=red,green,blue"),
    ("{?keys*}", "?semi=%3B&dot=.&comma=%2C"),
    ("?fixed=yes{&x}", "?fixed=yes&x=1024"), ("{&var:3}", "&var=val"),
    ("{&list*}", "&list=red&list=green&list=blue"),
    ("a b%20é", "a%20b%20%C3%A9"), ("100%", "100%25"), ("", ""), ("{user-id}", ""), ("{a.b}", ""),
  ]

  @Test func `every level expands as the RFC's examples`() throws {
    for (template, expected) in Self.expansions {
      #expect(try URITemplate(template).expand(Self.values) == expected, "\(template)")
    }
  }

  @Test func `a prefix counts characters, not bytes`() throws {
    #expect(try URITemplate("{v:2}").expand(["v": "éüö"]) == "%C3%A9%C3%BC")
  }

  @Test func `a URI gives back the values it was made from`() throws {
    let rows: [(String, String, [String: URITemplateValue]?)] = [
      ("test://template/{id}/data", "test://template/123/data", ["id": "123"]),
      ("test://template/{id}/data", "test://template/1/2/data", nil),
      ("test://template/{id}/data", "test://template/a%2Fb/data", ["id": "a/b"]),
      ("file:///{+path}", "file:///a/b/c.txt", ["path": "a/b/c.txt"]),
      ("{+path}/here", "/foo/bar/here", ["path": "/foo/bar"]),
      ("x{/a,b}", "x/1/2", ["a": "1", "b": "2"]),
      ("x{/a,b}", "x/1", ["a": "1"]),
      ("x{/p*}", "x/1/2/3", ["p": ["1", "2", "3"]]),
      ("s{?q,page}", "s?q=a%20b&page=2", ["q": "a b", "page": "2"]),
      ("s{?q,page}", "s?page=2&q=a", ["q": "a", "page": "2"]),
      ("s{?q,page}", "s", [:]), ("s{?q}", "s?other=1", nil),
      ("s{?t*}", "s?t=1&t=2", ["t": ["1", "2"]]),
      ("s?f=1{&x}", "s?f=1&x=2", ["x": "2"]), ("a{#f}", "a#x/y", ["f": "x/y"]),
      ("{a}-{b}", "x-y-z", ["a": "x-y", "b": "z"]), ("{a}{b}", "xy", ["a": "xy", "b": ""]),
      ("{x,y}", "1,2", ["x": "1", "y": "2"]), ("{a}/{a}", "1/1", ["a": "1"]),
      ("{a}/{a}", "1/2", nil),
      ("{v:3}", "abcd", nil), ("{v:3}", "abc", ["v": "abc"]), ("plain", "plain", [:]),
      ("plain", "plai", nil),
      ("a{.ext}", "a.json", ["ext": "json"]), ("p{;v,w}", "p;v=6;w", ["v": "6", "w": ""]),
    ]
    for (template, uri, expected) in rows {
      #expect(try URITemplate(template).match(uri) == expected, "\(template) ← \(uri)")
    }
  }

  @Test func `matching does not explode`() throws {
    let template = try URITemplate(String(repeating: "{+a}x{+b}", count: 12) + "!")
    #expect(template.match(String(repeating: "x", count: 300)) == nil)
    #expect(try URITemplate("{a}").match(String(repeating: "x", count: 5000)) == nil)
    let same = try URITemplate(String(repeating: "{&a:3}", count: 120) + "{b}")
    #expect(same.match(same.expand(["a": "x/y", "b": "z"]) + "?") == nil)
    let many = try URITemplate(String(repeating: "{a}", count: 100_000))
    #expect(many.match("x") == nil)
    let nearly = try URITemplate("{+a}{?b*}")
    #expect(nearly.match(String(repeating: "/?c=d", count: 800) + "^") == nil)
  }

  @Test func `a long text is matched where there is one way to`() throws {
    let long = String(repeating: "x/", count: 2000)
    #expect(try URITemplate("{+a}{b}").match(long) == ["a": .string(long), "b": ""])
    #expect(try URITemplate("{+a}-{b}").match(long + "-y") == ["a": .string(long), "b": "y"])
  }

  @Test func `variables are listed once with their kind`() throws {
    let template = try URITemplate("/{a}{/b*}{?a,c:5}{&d}")
    #expect(template.variables.map(\.name) == ["a", "b", "c", "d"])
    #expect(template.variables.map(\.isInQuery) == [false, false, true, true])
    #expect(template.variables.map(\.isExploded) == [false, true, false, false])
    #expect(template.variables.map(\.prefix) == [nil, nil, 5, nil])
  }

  @Test func `broken templates say where`() {
    let rows: [(String, URITemplateError)] = [
      ("a{b", .unclosedBrace(at: 1)), ("a}b", .strayBrace(at: 1)), ("a{}", .emptyExpression(at: 1)),
      ("{=a}", .reservedOperator("=", at: 1)), ("{|a}", .reservedOperator("|", at: 1)),
      ("{a,}", .badVariable("", at: 3)), ("{a b}", .badVariable("a b", at: 1)),
      ("{a:x}", .badVariable("a:x", at: 1)), ("{a:0}", .badVariable("a:0", at: 1)),
      ("{a:99999}", .badVariable("a:99999", at: 1)), ("{a:3*}", .badVariable("a:3*", at: 1)),
      ("{+}", .badVariable("", at: 2)), ("{a..b}", .badVariable("a..b", at: 1)),
      ("{{a}}", .badVariable("{a", at: 1)),
    ]
    for (text, expected) in rows {
      #expect(throws: expected, "\(text)") { try URITemplate(text) }
    }
  }
}
