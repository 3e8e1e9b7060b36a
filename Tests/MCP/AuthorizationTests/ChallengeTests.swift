import HTTPCore
import JSON
import TestSupport
import Testing

@testable import Authorization

@Suite(.inTurns) struct ChallengeTests {
  private typealias Row = (
    status: Int, header: String?, meaning: AuthorizationChallenge.Meaning, scopes: [String]?,
    metadata: String?
  )

  private static let rows: [Row] = [
    (401, nil, .signIn, nil, nil),
    (401, "Bearer", .signIn, nil, nil),
    (401, "Bearer error=\"invalid_token\"", .invalidToken, nil, nil),
    (
      401, "bearer realm=x, resource_metadata=https://h/m, scope=\"a b\"", .signIn, ["a", "b"],
      "https://h/m"
    ),
    (
      401, "Basic realm=\"x\", Bearer resource_metadata=\"https://h/m\"", .signIn, nil,
      "https://h/m"
    ),
    (
      403, "Bearer error=\"insufficient_scope\", scope=\"a:write a:read a:write\"", .moreScope,
      ["a:write", "a:read"], nil
    ),
    (401, "DPoP error=\"use_dpop_nonce\"", .nonce, nil, nil),
    (403, nil, .forbidden, nil, nil),
    (403, "Bearer error=\"access_denied\"", .forbidden, nil, nil),
    (401, "Bearer scope=\"\"", .signIn, nil, nil),
  ]

  @Test func `each challenge has one meaning`() {
    for row in Self.rows {
      let fields: HTTPFields = row.header.map { ["WWW-Authenticate": $0] } ?? [:]
      let challenge = AuthorizationChallenge(status: row.status, fields: fields)
      let name = row.header ?? "none"
      #expect(challenge.meaning == row.meaning, "\(name)")
      #expect(challenge.scopes?.names == row.scopes, "\(name)")
      #expect(challenge.resourceMetadata == row.metadata, "\(name)")
    }
  }

  @Test func `scopes come as a list or an array, each once`() {
    #expect(Scopes(text: "a  b,c a").names == ["a", "b", "c"])
    #expect(Scopes(["a", "b"])?.text == "a b")
    #expect(Scopes("x")?.text == "x")
    #expect(Scopes(.null) == nil && Scopes(1) == nil && Scopes(JSON?.none) == nil)
    #expect(Scopes(text: "a b").union(Scopes(text: "b c")).text == "a b c")
    #expect(Scopes(text: "a b c").subtracting(Scopes(text: "b")).text == "a c")
  }
}
