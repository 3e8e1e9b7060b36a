import HTTPCore
import TestRandom
import Testing

@Suite struct AuthChallengeTests {
  private func shown(_ values: [String]) -> String {
    AuthChallenges(values).challenges.map { challenge in
      let parts = challenge.parameters.lines.map { "\($0.name)=\($0.value)" }
      return ([challenge.scheme + (challenge.token68.map { " <\($0)>" } ?? "")] + parts)
        .joined(separator: "|")
    }.joined(separator: " & ")
  }

  private func check(
    _ values: String..., is expected: String, issues: Int = 0, at line: Int = #line
  ) {
    #expect(shown(values) == expected, "line \(line)")
    #expect(AuthChallenges(values).issues.count == issues, "line \(line)")
  }

  @Test func `well-formed challenges are read in every layout`() {
    check("Bearer", is: "Bearer")
    check("Bearer realm=\"x\"", is: "Bearer|realm=x")
    check("bearer Realm=x , scope=\"a b\"", is: "bearer|Realm=x|scope=a b")
    check("Bearer realm = \"a\\\"b, c\"", is: "Bearer|realm=a\"b, c")
    check("Negotiate", "Basic realm=\"r\"", is: "Negotiate & Basic|realm=r")
    check(
      "Negotiate, Basic realm=\"r\", Bearer error=\"e\"",
      is: "Negotiate & Basic|realm=r & Bearer|error=e")
    check("NTLM TlRMTVNTUAAC+/==, Bearer a=b", is: "NTLM <TlRMTVNTUAAC+/==> & Bearer|a=b")
    check("Basic realm=\"\"", is: "Basic|realm=")
    check(", ,Bearer ,a=b,,", is: "Bearer|a=b")
    check("Bearer a=b, DPoP algs=\"ES256\", c=d", is: "Bearer|a=b & DPoP|algs=ES256|c=d")
    check("", is: "")
  }

  @Test func `broken challenges are salvaged with an issue each`() {
    check(
      "Bearer resource_metadata=https://a/b?c=d, scope=\"x\"",
      is: "Bearer|resource_metadata=https://a/b?c=d|scope=x", issues: 1)
    check("Bearer scope=a b c, realm=r", is: "Bearer|scope=a b c|realm=r", issues: 1)
    check("Bearer realm=\"x\" error=\"y\"", is: "Bearer|realm=x|error=y", issues: 1)
    check("Bearer realm=x error=y", is: "Bearer|realm=x|error=y", issues: 1)
    check("Bearer realm=\"never closed, a=b", is: "Bearer|realm=never closed, a=b", issues: 1)
    check("Bearer a=b, realm=, c=d", is: "Bearer|a=b|realm=|c=d", issues: 1)
    check("error=\"x\", Bearer a=b", is: "Bearer|a=b", issues: 1)
    check("Bearer realm=\"x\" Basic realm=\"y\"", is: "Bearer|realm=x & Basic|realm=y", issues: 1)
    check("\u{201C}junk, Bearer a=b", is: "Bearer|a=b", issues: 1)
    check("=, Bearer", is: "Bearer", issues: 1)
  }

  @Test func `schemes and parameters are found without case`() {
    let challenges = AuthChallenges(["BEARER Resource_Metadata=\"https://a/\", Scope=\" a  b \""])
    #expect(challenges["bearer"]?["resource_metadata"] == "https://a/")
    #expect(challenges["Bearer"]?.scopes == ["a", "b"])
    #expect(challenges["basic"] == nil)
  }

  @Test func `junk neither traps nor hangs`() {
    var random = SeededRandom(seed: 3)
    let alphabet = Array("Bb =,\"\\;/~é\t".unicodeScalars)
    for _ in 0..<5000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0..<30, using: &random) {
        text.append(alphabet.randomElement(using: &random) ?? "a")
      }
      _ = AuthChallenges([String(text)])
      _ = Link.parse([String(text)])
      _ = MediaType(String(text))
    }
  }
}
