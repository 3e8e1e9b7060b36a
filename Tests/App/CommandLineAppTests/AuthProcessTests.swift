import CommandLineApp
import EventLoop
import Glibc
import TestSupport
import Testing

/// Sign-ins as the built program has them, several of it at once.
@LoopActor
@Suite(.inTurns, .serialized) struct AuthProcessTests {
  private func shell(_ line: String, _ world: AuthWorld) async -> ShellRun {
    await ShellRun.of("export XDG_STATE_HOME='\(world.folder.path)' URL='\(world.url)'; \(line)")
  }

  private func signedIn(lives: [Int] = [3600]) async throws -> AuthWorld {
    let world = try AuthWorld()
    world.lives = lives
    let run = await shell("$alidade auth login $URL --fetch-consent", world)
    #expect(run.code == 0, "\(run.errors)")
    return world
  }

  /// Whoever starts when another has finished asks anew; nobody ever shows a refresh token that is used up.
  @Test func `programs that renew at once lose no token`() async throws {
    let world = try await signedIn()
    let run = await shell(
      "for n in 1 2 3 4 5 6; do $alidade auth refresh $URL & done; wait", world)
    #expect((2...7).contains(world.tokens), "\(run.errors)")
    #expect(run.output.split(separator: "\n").count { $0 == "renewed" } == 6)
    #expect(await shell("$alidade list tools $URL", world).code == 0)
  }

  @Test func `calls that find the token used up at once renew it once`() async throws {
    let world = try await signedIn(lives: [1, 3600])
    let run = await shell(
      "for n in 1 2 3 4 5 6; do $alidade list tools $URL >/dev/null && echo good & done; wait",
      world)
    #expect(run.output.split(separator: "\n").count { $0 == "good" } == 6, "\(run.errors)")
    #expect(world.tokens == 2)
  }

  @Test func `tokens stand in the files of the sign-in and nowhere else`() async throws {
    let world = try await signedIn()
    let run = await shell(
      """
      $alidade call $URL add -v --json; $alidade list tools $URL -v; $alidade auth refresh $URL -v
      $alidade auth status -v; $alidade auth token $URL -v; $alidade auth scopes $URL -v --json
      $alidade call $URL add -H 'Authorization: Bearer token-2' -v; $alidade history list --json
      $alidade history show 1 --json
      """, world)
    let told = run.output + run.errors
    #expect(told.contains("•") && told.contains("renewed"), "\(told)")
    for secret in ["token-1", "token-2", "refresh-1", "refresh-2", "the-code", "code_verifier"] {
      #expect(!told.contains(secret), "\(secret)")
      let found = await shell("grep -rl '\(secret)' $XDG_STATE_HOME", world).output
      let other = found.split(separator: "\n").filter { !$0.contains("/sign-ins/tokens/") }
      #expect(other.isEmpty, "\(secret) in \(other)")
    }
    let modes = await shell(
      "find $XDG_STATE_HOME/alidade/sign-ins -type f ! -perm 600 -o -type d ! -perm 700", world)
    #expect(modes.output.isEmpty, "\(modes.output)")
  }

  @Test func `a secret is refused as a word of the command line`() async throws {
    let world = try AuthWorld()
    let run = await shell(
      "$alidade auth login $URL --client-credentials --client-id c --client-secret hush", world)
    #expect(run.code == 1 && run.errors.contains("cannot read 'hush'"), "\(run.errors)")
  }

  @Test func `a sign-in that waits for its user ends with the signal`() async throws {
    let world = try AuthWorld()
    let run = await shell(
      """
      $alidade auth login $URL --no-browser 2>$XDG_STATE_HOME/told & login=$!
      until grep -q 'ssh -L' $XDG_STATE_HOME/told; do read -t 0.05 <> <(:); done
      kill -INT $login; wait $login
      """, world)
    #expect(run.code == 130 && run.endedInTime, "\(run.code) \(run.errors)")
    #expect(world.asked("POST /as/token") == 0)
  }
}
