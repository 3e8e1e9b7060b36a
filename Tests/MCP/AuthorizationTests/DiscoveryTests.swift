import HTTPCore
import JSON
import TestSupport
import Testing

@testable import Authorization

@Suite(.inTurns) struct DiscoveryTests {
  private static let server = "https://mcp.example.com/mcp"
  private static let path = "https://mcp.example.com/.well-known/oauth-protected-resource/mcp"
  private static let root = "https://mcp.example.com/.well-known/oauth-protected-resource"
  private static let issuer = "https://auth.example.com"
  private static let oauth = "https://auth.example.com/.well-known/oauth-authorization-server"

  private static func question(
    _ server: String = server, header: String? = nil,
    _ change: (inout DiscoveryQuestion) -> Void = { _ in }
  ) throws -> DiscoveryQuestion {
    let fields: HTTPFields = header.map { ["WWW-Authenticate": $0] } ?? [:]
    var question = DiscoveryQuestion(
      policy: AddressPolicy(server: try WebURL(server)),
      challenge: AuthorizationChallenge(status: 401, fields: fields))
    change(&question)
    return question
  }

  private static func outcome(_ discovery: Discovery) -> String {
    switch discovery.step {
    case .found(let found): "found \(found.issuer) for \(found.resource)"
    case .failed(let failure): failure.code
    case .fetch(let request): "asks \(request.url)"
    }
  }

  // MARK: - Where documents are looked for

  @Test(arguments: [
    (
      "https://h.example/mcp",
      ["/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource"]
    ),
    (
      "https://h.example/a/b/",
      ["/.well-known/oauth-protected-resource/a/b", "/.well-known/oauth-protected-resource"]
    ),
    ("https://h.example", ["/.well-known/oauth-protected-resource"]),
    (
      "https://h.example/mcp?x=1",
      ["/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource"]
    ),
  ])
  func `resource metadata is looked for at the path first`(server: String, paths: [String]) throws {
    #expect(
      WellKnown.resource(try WebURL(server)).map(\.url.text)
        == paths.map { "https://h.example" + $0 })
  }

  @Test(arguments: [
    (
      "https://a.example/t",
      [
        "/.well-known/oauth-authorization-server/t", "/.well-known/openid-configuration/t",
        "/t/.well-known/openid-configuration",
      ]
    ),
    (
      "https://a.example",
      ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"]
    ),
    (
      "https://a.example/",
      ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"]
    ),
    (
      "https://a.example/t/v2/",
      [
        "/.well-known/oauth-authorization-server/t/v2", "/.well-known/openid-configuration/t/v2",
        "/t/v2/.well-known/openid-configuration",
      ]
    ),
  ])
  func `server metadata is looked for in every form`(issuer: String, paths: [String]) throws {
    #expect(
      WellKnown.server(try WebURL(issuer)).map(\.url.text)
        == paths.map { "https://a.example" + $0 })
  }

  @Test func `the root is not asked once the path has answered`() throws {
    var web = ScriptedWeb([
      Self.path: .resource(Self.server, Self.issuer), Self.oauth: .server(Self.issuer),
    ])
    let discovery = web.run(try Self.question())
    #expect(Self.outcome(discovery) == "found \(Self.issuer) for \(Self.server)")
    #expect(web.asked == [Self.path, Self.oauth])
  }

  @Test func `the address in the challenge comes first`() throws {
    let custom = "https://mcp.example.com/custom/metadata.json"
    var web = ScriptedWeb([
      custom: .resource(Self.server, "https://auth.example.com/tenant1"),
      "https://auth.example.com/tenant1/.well-known/openid-configuration": .server(
        "https://auth.example.com/tenant1"),
    ])
    let discovery = web.run(try Self.question(header: "Bearer resource_metadata=\"\(custom)\""))
    #expect(Self.outcome(discovery) == "found https://auth.example.com/tenant1 for \(Self.server)")
    #expect(web.asked.first == custom)
    #expect(!web.asked.contains(Self.oauth), "the root of a path issuer is never asked")
  }

  // MARK: - What goes wrong

  private typealias Row = (name: String, web: ScriptedWeb, outcome: String, asked: Int)

  private static func rows() -> [Row] {
    let good: [String: JSON] = [path: .resource(server, issuer), oauth: .server(issuer)]
    func web(_ changes: [String: AuthorizationAnswer]) -> ScriptedWeb {
      var web = ScriptedWeb(good)
      for (url, answer) in changes { web[url] = answer }
      return web
    }
    return [
      (
        "a page instead of metadata falls through to the root",
        web([path: .html(200), root: .json(.resource(server, issuer))]),
        "found \(issuer) for \(server)", 3
      ),
      (
        "metadata as an array is none",
        web([path: .json([1]), root: .json(.resource(server, issuer))]),
        "found \(issuer) for \(server)", 3
      ),
      (
        "a server that is overloaded is no server without metadata",
        web([path: .html(503)]), "metadata-unavailable", 1
      ),
      ("too many requests neither", web([path: .html(429)]), "metadata-unavailable", 1),
      (
        "metadata for another origin stops",
        web([path: .json(.resource("https://other.example.com/mcp", issuer))]),
        "resource-mismatch", 1
      ),
      (
        "metadata for a sibling path stops",
        web([path: .json(.resource("https://mcp.example.com/mc", issuer))]), "resource-mismatch", 1
      ),
      (
        "plain http behind a TLS proxy is another resource",
        web([path: .json(.resource("http://mcp.example.com/mcp", issuer))]), "resource-mismatch", 1
      ),
      (
        "a resource above the server's path is the server's",
        web([path: .json(.resource("https://mcp.example.com", issuer))]),
        "found \(issuer) for https://mcp.example.com", 2
      ),
      (
        "a trailing slash is sent as it is advertised",
        web([path: .json(.resource("https://mcp.example.com/mcp/", issuer))]),
        "found \(issuer) for https://mcp.example.com/mcp/", 2
      ),
      (
        "no authorization server", web([path: .json(.resource(server))]), "no-authorization-server",
        1
      ),
      ("no server metadata in any form", web([oauth: .html(404)]), "no-server-metadata", 3),
      (
        "another issuer", web([oauth: .json(.server("https://evil.example.com"))]),
        "issuer-mismatch", 2
      ),
      (
        "an issuer that differs by a slash", web([oauth: .json(.server(issuer + "/"))]),
        "issuer-mismatch", 2
      ),
      (
        "an issuer with a query", web([path: .json(.resource(server, issuer + "?t=1"))]),
        "issuer-malformed", 1
      ),
      (
        "an issuer in words", web([path: .json(.resource(server, "auth server"))]), "bad-address", 1
      ),
      (
        "endpoints without TLS",
        web([oauth: .json(.server(issuer, ["token_endpoint": "http://auth.example.com/token"]))]),
        "not-encrypted", 2
      ),
      (
        "an issuer in a private network",
        web([path: .json(.resource(server, "https://10.0.0.5"))]), "private-address", 1
      ),
      (
        "an issuer on this machine",
        web([path: .json(.resource(server, "http://localhost:9000"))]), "private-address", 1
      ),
      (
        "an endpoint of the cloud's own network",
        web([oauth: .json(.server(issuer, ["token_endpoint": "https://169.254.169.254/token"]))]),
        "private-address", 2
      ),
      (
        "a redirect within the rules is followed",
        web([
          path: .redirect(to: "/meta.json"),
          "https://mcp.example.com/meta.json": .json(.resource(server, issuer)),
        ]),
        "found \(issuer) for \(server)", 3
      ),
      (
        "a redirect to a private network is not",
        web([path: .redirect(to: "https://192.168.0.1/x")]), "private-address", 1
      ),
      (
        "nor one out of TLS", web([path: .redirect(to: "http://mcp.example.com/x")]),
        "not-encrypted", 1
      ),
      ("nor one in a circle", web([path: .redirect(to: path)]), "redirect-loop", 1),
    ]
  }

  @Test func `each broken discovery ends in a failure of its own`() throws {
    for row in Self.rows() {
      var web = row.web
      let discovery = web.run(try Self.question())
      #expect(Self.outcome(discovery) == row.outcome, "\(row.name)")
      #expect(web.asked.count == row.asked, "\(row.name): \(web.asked)")
      #expect(!discovery.evidence.isEmpty, "\(row.name)")
    }
  }

  @Test func `the second authorization server is tried when the first is of no use`() throws {
    var web = ScriptedWeb([
      Self.path: .resource(Self.server, "https://gone.example.com", Self.issuer),
      Self.oauth: .server(Self.issuer),
    ])
    #expect(Self.outcome(web.run(try Self.question())) == "found \(Self.issuer) for \(Self.server)")
    web = ScriptedWeb([
      Self.path: .resource(Self.server, "https://gone.example.com", Self.issuer),
      Self.oauth: .server(Self.issuer),
    ])
    let known = web.run(try Self.question { $0.knownIssuers = [Self.issuer] })
    #expect(Self.outcome(known) == "found \(Self.issuer) for \(Self.server)")
    #expect(web.asked == [Self.path, Self.oauth], "the one we are registered with comes first")
  }

  @Test func `a server that cannot be had is not the end while others are named`() throws {
    let first = "https://gone.example.com/.well-known/oauth-authorization-server"
    let outcomes: [AuthorizationOutcome] = [
      .failure(AuthorizationOutage(sentence: "no connection")), .success(.html(503)),
      .success(.redirect(to: first)), .success(.redirect(to: "http://gone.example.com/x")),
    ]
    for outcome in outcomes {
      var web = ScriptedWeb([
        Self.path: .resource(Self.server, "https://gone.example.com", Self.issuer),
        Self.oauth: .server(Self.issuer),
      ])
      web.answers[first] = outcome
      let found = Self.outcome(web.run(try Self.question()))
      #expect(found == "found \(Self.issuer) for \(Self.server)", "\(outcome)")
    }
  }

  @Test func `of a list without end only the first few are asked`() throws {
    let issuers = (0..<20_000).map { "https://as.example.com/?\($0)" }
    let document: JSON = [
      "resource": .string(Self.server), "authorization_servers": .array(issuers.map(JSON.string)),
    ]
    var web = ScriptedWeb([Self.path: document])
    let discovery = web.run(try Self.question())
    #expect(discovery.step == .failed(.issuerHasQuery(issuers[0])))
    #expect(discovery.evidence.count < 20)
  }

  // MARK: - The oldest rules

  @Test func `without resource metadata the server is its own authorization server`() throws {
    let metadata = "https://mcp.example.com/.well-known/oauth-authorization-server"
    var web = ScriptedWeb([
      metadata: .server("https://mcp.example.com/oauth", ["code_challenge_methods_supported": []])
    ])
    let discovery = web.run(try Self.question())
    guard case .found(let found) = discovery.step else {
      Issue.record("\(discovery.step)")
      return
    }
    #expect(found.isOwnServer && !found.isAssumed)
    #expect(found.metadata[.token]?.text == "https://mcp.example.com/oauth/token")
    #expect(found.resource == Self.server)
  }

  @Test func `without any metadata the endpoints are assumed`() throws {
    var web = ScriptedWeb()
    let discovery = web.run(try Self.question())
    guard case .found(let found) = discovery.step else {
      Issue.record("\(discovery.step)")
      return
    }
    #expect(found.isAssumed)
    #expect(found.issuer == "https://mcp.example.com")
    #expect(found.metadata[.authorization]?.text == "https://mcp.example.com/authorize")
    #expect(found.metadata[.registration]?.text == "https://mcp.example.com/register")
  }

  // MARK: - What the user may overrule

  @Test func `the user's word goes before the server's`() throws {
    let other = "https://other.example.com"
    var web = ScriptedWeb([
      Self.path: .resource("https://elsewhere.example.com", Self.issuer),
      other + "/.well-known/oauth-authorization-server": .server(other),
      Self.oauth: .server(Self.issuer + "/"),
    ])
    let given = try Self.question {
      $0.issuer = other
      $0.resource = Self.server
    }
    #expect(Self.outcome(web.run(given)) == "found \(other) for \(Self.server)")
    let accepted = try Self.question {
      $0.resource = "urn:x"
      $0.acceptsIssuerMismatch = true
    }
    #expect(Self.outcome(web.run(accepted)) == "found \(Self.issuer) for urn:x")
  }

  @Test func `a server on this machine may name others on this machine`() throws {
    let server = "http://127.0.0.1:3000/mcp", issuer = "http://localhost:9000"
    var web = ScriptedWeb([
      "http://127.0.0.1:3000/.well-known/oauth-protected-resource/mcp": .resource(server, issuer),
      issuer + "/.well-known/oauth-authorization-server": .server(issuer),
    ])
    #expect(Self.outcome(web.run(try Self.question(server))) == "found \(issuer) for \(server)")
  }

  @Test(
    arguments: [
      ("https://mcp.example.com/mcp", "https://auth.example.com", true, nil),
      ("https://mcp.example.com/mcp", "https://mcp.example.com/x", false, nil),
      (
        "https://mcp.example.com/mcp", "https://10.1.2.3/", true,
        AddressPolicy.Problem.privateAddress
      ),
      ("https://mcp.example.com/mcp", "https://[fd00::1]/", true, .privateAddress),
      ("https://mcp.example.com/mcp", "https://2130706433/", true, .privateAddress),
      ("https://mcp.example.com/mcp", "https://idp.internal/", true, .privateAddress),
      ("https://mcp.example.com/mcp", "https://intranet/", true, .privateAddress),
      ("https://mcp.example.com/mcp", "https://user:pw@auth.example.com/", true, .userinfo),
      ("https://mcp.example.com/mcp", "javascript:alert(1)", true, .notHTTP),
      ("https://mcp.example.com/mcp", "file:///etc/passwd", true, .notHTTP),
      ("http://mcp:8000/mcp", "http://mcp:8000/x", false, nil),
      ("http://mcp:8000/mcp", "http://10.0.0.1/x", false, .notEncrypted),
      ("http://10.0.0.4/mcp", "https://10.0.0.5/x", false, nil),
    ] as [(String, String, Bool, AddressPolicy.Problem?)])
  func `a public server cannot send us into a private network`(
    server: String, url: String, looks: Bool, problem: AddressPolicy.Problem?
  ) throws {
    let policy = AddressPolicy(server: try WebURL(server))
    #expect(policy.problem(with: try WebURL(url)) == problem)
    #expect(policy.refusesPrivateAddresses(of: try WebURL(url)) == looks)
    #expect(
      AddressPolicy(server: try WebURL(server), allowsPrivate: true).problem(with: try WebURL(url))
        == (problem == .notHTTP || problem == .userinfo ? problem : nil))
  }

  // MARK: - Evidence

  @Test func `the trace tells each step`() throws {
    var web = ScriptedWeb([
      Self.root: .resource(Self.server, Self.issuer, scopes: ["a", "b"]),
      Self.oauth: .server(Self.issuer),
    ])
    let discovery = web.run(try Self.question())
    let text = discovery.evidence.flatMap(\.lines).joined(separator: "\n")
    #expect(
      text == """
        resource metadata: GET \(Self.path) → 404 text/html
          → not here
        resource metadata: GET \(Self.root) → 200 application/json
          resource: \(Self.server)
          authorization server: \(Self.issuer)
          scopes_supported: a b
          → the authorization server is \(Self.issuer)
        server metadata: GET \(Self.oauth) → 200 application/json
          issuer: \(Self.issuer)
          authorization_endpoint: \(Self.issuer)/authorize
          token_endpoint: \(Self.issuer)/token
          registration_endpoint: \(Self.issuer)/register
          code_challenge_methods_supported: S256
          → the authorization server is known
        """)
  }
}
