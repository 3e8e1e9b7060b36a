import CommandLineApp
import JSON
import Testing

/// One thing that is wrong, made for real, and the finding that the doctor must come to.
struct DoctorRow: Sendable, CustomTestStringConvertible {
  let name: String
  let id: String
  var status = "error"
  var code: ExitCode?
  /// What must stand in the finding: its cause, its evidence or its remedy.
  let proof: [String]
  /// Behind `doctor --json`; `HERE` for the address of what was made.
  var words = ["HERE"]
  var rule: OddServer.Rule = { _ in nil }
  /// Remedies of other failures that this one must end in.
  var covers: [String] = []

  init(
    _ name: String, _ id: String, status: String = "error", code: ExitCode? = nil,
    _ proof: String..., words: [String] = ["HERE"],
    covers: [String] = [], rule: @escaping OddServer.Rule = { _ in nil }
  ) {
    (self.name, self.id, self.status, self.proof) = (name, id, status, proof)
    (self.words, self.covers, self.rule) = (words, covers, rule)
    self.code = code ?? (status == "error" ? .unreachable : nil)
  }

  var testDescription: String { name }

  /// Examines, and looks for the finding.
  func check(
    at url: String = "", environment: [String: String] = [:], directory: String = "/",
    _ place: SourceLocation
  ) async throws {
    let words = words.map { $0.replacing("HERE", with: url) }
    let run = await CommandRun.of(
      ["doctor", "--json"] + words, isTerminal: false, environment: environment,
      directory: directory)
    let findings = try JSON.parse(run.output)["findings"]?.array ?? []
    let found = findings.first { $0["id"]?.string == id }
    let told = findings.filter { $0["status"] != "ok" && $0["status"] != "skipped" }
    let shown = told.map {
      "\($0["status"]?.string ?? "") \($0["id"]?.string ?? ""): \($0["cause"]?.string ?? "")"
    }
    let note = Comment(rawValue: "\(name): \(shown) \(found?["fix"]?.string ?? "") \(run.errors)")
    #expect(found?["status"]?.string == status, note, sourceLocation: place)
    if let code { #expect(run.code == code, note, sourceLocation: place) }
    let text = found?.compact ?? ""
    for part in proof { #expect(text.contains(part), note, sourceLocation: place) }
    let needsFix = ["warning", "error"].contains(status)
    #expect(
      !needsFix || found?["fix"]?.string?.isEmpty == false, note, sourceLocation: place)
    let errors = findings.count { $0["status"] == "error" && $0["check"] != "config" }
    #expect(errors <= 1, note, sourceLocation: place)
    let known = DoctorLedger.reference
    let names = told.compactMap { $0["id"]?.string }
    #expect(names.allSatisfy(known.contains), note, sourceLocation: place)
  }
}
