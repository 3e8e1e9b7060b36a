import EventLoop
import Glibc
import JSON
import TestSupport
import Testing

@testable import CommandLineApp

@LoopActor @Suite(.inTurns) struct RecordsCommandTests {
  private let scratch = ScratchFolder()

  private func run(_ line: String, typed: [String]? = nil) async -> CommandRun {
    await CommandRun.of(
      line.split(separator: " ").map(String.init) + ["--data", scratch.file("data")],
      environment: ["LOGNAME": "ann"], typed: typed)
  }

  private func minted() async throws -> JSON {
    let made = await run("keys create --system alumia --name ci --yes --json")
    #expect(made.code == .ok, "\(made.errors)")
    return try JSON.parse(made.output)
  }

  @Test func `a key is shown once, listed masked, and ends when it is revoked`() async throws {
    let made = await run("keys create --system alumia --name ci --expires 90d --yes")
    let text = made.output.trimmed
    #expect(made.code == .ok && text.hasPrefix("alm_live_") && text.utf8.count == 51)
    #expect(made.errors.contains("the only time"))
    let list = await run("keys list")
    let prefix = text.prefix(19)
    #expect(list.output.contains("\(prefix)••••") && list.output.contains("active"))
    #expect(!list.output.contains(text.suffix(32)))
    let ended = await run("keys revoke ci --yes")
    #expect(ended.output == "revoked ci \(prefix)••••\n")
    let again = await run("keys revoke ci --yes")
    #expect(again.output.hasPrefix("was revoked before"))
    #expect((await run("keys show ci")).output.contains("status      revoked"))
    let rotation = await run("keys rotate ci --yes")
    #expect(rotation.code == .usage && rotation.errors.contains("is revoked"))
  }

  @Test func `a change of keys is on the audit, and so is who made it`() async throws {
    let key = try await minted()
    let rotated = await run("keys rotate ci --grace 60 --yes --json")
    #expect(try JSON.parse(rotated.output)["key"]?.string?.hasPrefix("alm_live_") == true)
    let audit = await run("audit search --principal ann --json")
    let events = try #require(try JSON.parse(audit.output)["events"]?.array)
    #expect(events.map { $0["kind"]?.string } == ["key.created", "key.rotated"])
    #expect(events.first?["tool"]?.string == key["prefix"]?.string)
    #expect(!audit.output.contains(try #require(key["key"]?.string)))
    let checked = await run("audit verify")
    #expect(
      checked.code == .ok && checked.output.hasPrefix("2 events, the chain is whole\nhead 2:"))
    let head = checked.output.split(separator: "head ").last.map(String.init) ?? ""
    #expect((await run("audit verify --expect \(head.trimmed)")).code == .ok)
    let other = head.trimmed.replacing("2:", with: "3:")
    let cut = await run("audit verify --expect \(other)")
    #expect(cut.code == .failedAnswer && cut.errors.contains("missing from event 3 on"))
  }

  @Test func `making a key is confirmed by a person or by --yes`() async {
    let line = "keys create --system alumia --name ci"
    let nobody = await run(line)
    #expect(nobody.code == .inputRequired && nobody.errors.contains("--yes"))
    let refused = await run(line, typed: [""])
    #expect(refused.code == .interrupted && refused.output.isEmpty)
    let agreed = await run(line, typed: ["y"])
    #expect(agreed.code == .ok && agreed.output.hasPrefix("alm_live_"))
    #expect((await run("keys list")).output.split(separator: "\n").count == 2)
  }

  @Test func `wrong words are sentences`() async {
    let rows = [
      ("keys create --system alumia --name ci --scopes admin --yes", "alumia knows no scope admin"),
      ("keys create --system alumia --name ci --expires soon --yes", "is no moment"),
      ("keys create --system alumia --name ci --expires 2001-01-01 --yes", "is over already"),
      ("keys create --system lumos --name ci --yes", "lumos"),
      ("keys show nothing", "there is no key 'nothing'"),
      ("audit tail", "there is no audit in"),
      ("audit search --since soon", "is no moment"),
      ("audit verify --expect x", "is no head"),
    ]
    for (line, words) in rows {
      let run = await run(line)
      #expect(run.code == .usage && run.errors.contains(words), "\(line): \(run.errors)")
    }
  }

  @Test func `an export has one head and every event`() async throws {
    for _ in 0..<3 { _ = try await minted() }
    let csv = await run("audit export --format csv")
    #expect(csv.output.split(separator: "\r\n").count == 4)
    #expect(csv.output.hasPrefix("number,time,kind,"))
    let lines = await run("audit export")
    #expect(try lines.output.split(separator: "\n").map { try JSON.parse(String($0)) }.count == 3)
    let json = await run("audit export --format json --kind key.created")
    #expect(try JSON.parse(json.output).array?.count == 3)
    let tail = await run("audit tail -n 2")
    #expect(tail.output.split(separator: "\n").map { $0.prefix(2) } == ["#2", "#3"])
    #expect(tail.output.split(separator: "\n").allSatisfy { $0.contains("  key.created ") })
  }

  @Test func `the folder and its files are their owner's alone`() async throws {
    _ = try await minted()
    for (name, mode) in [("data", 0o700), ("data/keys.db", 0o600), ("data/audit.db", 0o600)] {
      var facts = stat()
      #expect(stat(scratch.file(name), &facts) == 0 && facts.st_mode & 0o777 == mode, "\(name)")
    }
    chmod(scratch.file("data/keys.db"), 0o400)
    defer { chmod(scratch.file("data/keys.db"), 0o600) }
    #expect((await run("keys list")).code == .ok)
  }
}
