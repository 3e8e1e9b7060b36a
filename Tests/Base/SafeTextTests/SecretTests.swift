import SafeText
import Testing

struct SecretTests {
  @Test func `a secret shows bullets however it is printed`() {
    struct Holder { var token: Secret }
    let secret = Secret("hunter2")
    #expect("\(secret)" == "••••")
    #expect(String(reflecting: secret) == "••••")
    var dumped = ""
    dump(Holder(token: secret), to: &dumped)
    #expect(!dumped.contains("hunter2"))
    #expect(!"\(Holder(token: secret))".contains("hunter2"))
    #expect(secret.reveal() == "hunter2")
  }

  @Test func `secret header values are masked and the rest stays`() {
    let rows = [
      ("Authorization: Bearer abc.def", "Authorization: Bearer ••••"),
      ("authorization:abc", "authorization:••••"),
      ("Proxy-Authorization: Basic dXNlcjpwYXNz", "Proxy-Authorization: Basic ••••"),
      ("X-API-Key: 12345", "X-API-Key: ••••"),
      ("Cookie: session=abc; theme=dark", "Cookie: session=••••; theme=••••"),
      ("Set-Cookie: id=abc; Path=/; HttpOnly", "Set-Cookie: id=••••; Path=/; HttpOnly"),
      ("Set-Cookie: abc; Path=/", "Set-Cookie: ••••; Path=/"),
      ("X-Custom-Token: abc", "X-Custom-Token: ••••"),
      ("Content-Type: text/plain", "Content-Type: text/plain"),
      (
        "Location: https://a.test/cb?code=xyz&state=1",
        "Location: https://a.test/cb?code=••••&state=1"
      ),
      ("Mcp-Session-Id: 1234", "Mcp-Session-Id: 1234"),
      ("POST /mcp?api_key=abc HTTP/1.1", "POST /mcp?api_key=•••• HTTP/1.1"),
    ]
    for (line, expected) in rows { #expect(Redaction.headerLine(line) == expected) }
  }

  @Test func `URLs and forms lose user info and secret parameters`() {
    let rows = [
      ("https://bob:pw@host/x", "https://bob:••••@host/x"),
      ("https://ghtoken@host/x", "https://••••@host/x"),
      ("https://host/a@b", "https://host/a@b"),
      (
        "https://h/?access_token=a&x=1#id_token=b", "https://h/?access_token=••••&x=1#id_token=••••"
      ),
      (
        "grant_type=refresh_token&refresh_token=r&client_id=c",
        "grant_type=refresh_token&refresh_token=••••&client_id=c"
      ),
      ("user='a' password='it is' ok", "user='a' password=•••• ok"),
      (#"{"u":"/x?token=a","b":1}"#, #"{"u":"/x?token=••••","b":1}"#),
      ("token='open and on", "token=••••"),
      ("no parameters at all", "no parameters at all"),
    ]
    for (url, expected) in rows { #expect(Redaction.url(url) == expected) }
  }

  @Test func `known token forms are masked anywhere in a text`() {
    let rows = [
      ("key alm_live_abcdef012345 used", "key alm_live_•••• used"),
      ("Bearer abcdefgh failed", "Bearer •••• failed"),
      ("eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "eyJ••••"),
      ("ghp_0123456789abcdefghijABCDEFGHIJ", "ghp_••••"),
      ("a task-force-of-sixteen-people", "a task-force-of-sixteen-people"),
      ("sk-short", "sk-short"),
    ]
    for (text, expected) in rows { #expect(Redaction.text(text) == expected) }
  }

  @Test func `names that hold secrets are known in every spelling`() {
    for name in [
      "ALUMIA_API_KEY", "githubToken", "db-password", "token", "clientSecret", "client_secret",
    ] {
      #expect(SecretNames.isSecret(name), "\(name)")
    }
    for name in ["monkey", "keyboard", "tokens_used", "path", "client_id", "max_tokens"] {
      #expect(!SecretNames.isSecret(name), "\(name)")
    }
  }
}
