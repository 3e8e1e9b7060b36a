import CommandLineApp
import EventLoop
import Glibc
import HTTPCore
import JSON
import TestSupport
import Testing

@LoopActor
@Suite(.inTurns, .serialized) struct AuthCommandTests {
  private func signedIn(_ words: String...) async throws -> AuthWorld {
    let world = try AuthWorld()
    let run = await world.run(["auth", "login", "URL", "--fetch-consent"] + words)
    #expect(run.code == .ok, "\(run.errors)")
    return world
  }

  @Test func `a sign-in is told step by step and used by the next call`() async throws {
    let world = try AuthWorld()
    let run = await world.run("auth", "login", "URL", "--fetch-consent", "--scope", "a b")
    #expect(run.code == .ok && run.output.hasPrefix("signed in\nserver   URL\nissuer   BASE/as\n"))
    #expect(run.output.contains("client   client-1 (registered)") && run.output.contains("a b"))
    for step in ["challenge:", "resource metadata:", "server metadata:", "client:", "token:"] {
      #expect(run.errors.contains(step), "\(run.errors)")
    }
    let list = await world.run("list", "tools", "URL")
    #expect(list.code == .ok && list.output.contains("add"), "\(list.errors)")
  }

  @Test func `the trace is the same in text and as JSON`() async throws {
    let text = try await AuthWorld().run("auth", "login", "URL", "--fetch-consent", "-v")
    let json = try await AuthWorld().run("auth", "login", "URL", "--fetch-consent", "--json")
    let steps = try #require(try JSON.parse(json.output)["steps"]?.array)
    let decisions = steps.compactMap { $0["decision"]?.string }
    #expect(decisions.count == steps.count && steps.count > 6)
    for (step, decision) in zip(steps, decisions) {
      #expect(text.errors.contains(decision), "\(decision)")
      for finding in step["findings"]?.array ?? [] where finding.string?.contains(":4") == false {
        #expect(text.errors.contains(finding.string ?? ""), "\(finding)")
      }
    }
    let failed = try await AuthWorld(["POST /as/token": [.status("400 Bad Request")]])
      .run("auth", "login", "URL", "--fetch-consent", "--json")
    let error = try JSON.parse(failed.errors)["error"]
    #expect(error?["details"]?["auth"] == "token-unusable")
    #expect((error?["details"]?["steps"]?.array?.count ?? 0) > 6)
  }

  @Test func `headers of the command go along with the first question`() async throws {
    let world = try AuthWorld()
    _ = await world.run(
      "auth", "login", "URL", "--fetch-consent", "-H", "X-Tenant: seven", "-H",
      "Authorization: Bearer no")
    let first = try #require(world.seen.first)
    #expect(first.what == "POST /mcp" && first.fields["X-Tenant"] == "seven")
    #expect(first.fields["Authorization"] == nil)
  }

  @Test func `what is kept is shown without its secrets`() async throws {
    let world = try await signedIn()
    for words in [["status"], ["status", "URL"], ["token", "URL"]] {
      for more in [[], ["--json"]] {
        let run = await world.run(["auth"] + words + more)
        #expect(run.code == .ok && !run.output.contains("token-1"), "\(run.output)")
        #expect(!run.output.contains("refresh-1"))
      }
    }
    #expect(await world.run("auth", "token", "URL", "--reveal").output == "token-1\n")
    let json = await world.run("auth", "status", "URL", "--json", "--reveal").output
    #expect(try JSON.parse(json)["signIn"]?["token"] == "token-1")
  }

  @Test func `a token that is renewed replaces the old one`() async throws {
    let world = try await signedIn()
    let run = await world.run("auth", "refresh", "URL")
    #expect(run.code == .ok && run.output.hasPrefix("renewed\n"), "\(run.errors)")
    #expect(await world.run("auth", "token", "URL", "--reveal").output == "token-2\n")
    let sent = try #require(world.seen.last { $0.what == "POST /as/token" })
    #expect(sent.body.contains("refresh_token=refresh-1") && sent.body.contains("resource="))
  }

  @Test func `a sign-in is revoked there and forgotten here`() async throws {
    let world = try AuthWorld([
      "GET /.well-known/oauth-authorization-server/as": [
        OddServer.Reply(
          stringLiteral: AuthWorld.metadata(["revocation_endpoint": #""BASE/as/revoke""#]))
      ],
      "POST /as/revoke": [.status("200 OK")],
    ])
    #expect(await world.run("auth", "login", "URL", "--fetch-consent").code == .ok)
    #expect(await world.run("auth", "revoke", "URL").output == "revoked and forgotten\n")
    #expect(world.asked("POST /as/revoke") == 2)
    #expect(await world.run("auth", "status", "URL").code == .unauthorized)
    let without = try await signedIn()
    let run = await without.run("auth", "revoke", "URL")
    #expect(run.code == .unauthorized && run.errors.contains("offers no way to revoke"))
    #expect(await without.run("auth", "logout", "URL").code == .ok)
    #expect(await without.run("auth", "status").output == "nobody is signed in anywhere\n")
  }

  @Test func `what was accepted once holds for later sign-ins and is shown`() async throws {
    let world = try AuthWorld([
      "GET /.well-known/oauth-authorization-server/as": [
        OddServer.Reply(stringLiteral: AuthWorld.metadata(["issuer": #""https://tenant""#]))
      ]
    ])
    #expect(await world.run("auth", "login", "URL", "--fetch-consent").code == .unauthorized)
    #expect(
      await world.run("auth", "login", "URL", "--fetch-consent", "--accept-issuer").code == .ok)
    let again = await world.run("auth", "login", "URL", "--fetch-consent")
    #expect(again.code == .ok && again.errors.contains("as it was settled for this server before"))
    #expect(again.output.contains("settled  the issuer “https://tenant” is accepted"))
    #expect(await world.run("auth", "logout", "URL").code == .ok)
    #expect(await world.run("auth", "login", "URL", "--fetch-consent").code == .unauthorized)
  }

  @Test func `a device gets a code to type elsewhere and is asked about until it is there`()
    async throws
  {
    let world = try AuthWorld([
      "GET /.well-known/oauth-authorization-server/as": [
        OddServer.Reply(
          stringLiteral: AuthWorld.metadata(["device_authorization_endpoint": #""BASE/as/device""#])
        )
      ],
      "POST /as/device": [
        #"{"device_code":"secret-device","user_code":"AB-CD","verification_uri":"https://as/d","interval":1}"#
      ],
      "POST /as/token": [
        .json("400 Bad Request", #"{"error":"authorization_pending"}"#),
        #"{"access_token":"t","token_type":"bearer"}"#,
      ],
    ])
    let run = await world.run("auth", "login", "URL", "--device")
    #expect(run.code == .ok, "\(run.errors)")
    #expect(run.errors.contains("type the code AB-CD") && run.errors.contains("https://as/d"))
    #expect(!run.errors.contains("secret-device") && world.asked("POST /as/token") == 2)
  }

  @Test func `a client signs in for itself with a secret from a file`() async throws {
    let world = try AuthWorld()
    let run = await world.run(
      "auth", "login", "URL", "--client-credentials", "--client-id", "bot", "--client-secret",
      "/secret", files: ["/secret": "hush\n"])
    #expect(run.code == .ok, "\(run.errors)")
    let sent = try #require(world.seen.last { $0.what == "POST /as/token" })
    #expect(sent.body.contains("grant_type=client_credentials"))
    #expect(sent.fields["Authorization"] == "Basic Ym90Omh1c2g=")
    #expect(!(run.output + run.errors).contains("hush"))
  }

  @Test func `an identity token needs to know whom to ask`() async throws {
    let world = try AuthWorld()
    let run = await world.run(
      "auth", "login", "URL", "--id-token", "/id", files: ["/id": "x"])
    #expect(run.code == .usage && run.errors.contains("--idp-client-id"))
  }

  @Test func `files of a sign-in are for the user alone`() async throws {
    let world = try await signedIn()
    let folder = "\(world.folder.path)/alidade/sign-ins"
    var status = stat()
    for part in ["tokens", "clients"] {
      #expect(stat("\(folder)/\(part)", &status) == 0 && status.st_mode & 0o777 == 0o700)
    }
  }
}
