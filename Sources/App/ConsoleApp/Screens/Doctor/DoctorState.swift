import Diagnostics

/// What the doctor has found out about one server so far.
struct DoctorState: Sendable, Hashable {
  /// What is looked at: the way to the server, or what it offers.
  enum Part: String, Sendable, Hashable {
    case chain, review
  }

  enum Phase: Sendable, Hashable {
    case rest
    case running(since: Int64)
    case ended
    case stopped
    case failed(String)
  }

  struct Run: Sendable, Hashable {
    var phase = Phase.rest
    var findings: [Finding] = []

    var isRunning: Bool { if case .running = phase { true } else { false } }
  }

  /// A line of the list: what came of a check, or that it has not come to it yet.
  struct Row: Sendable, Hashable {
    let check: String
    let title: String
    let finding: Finding?
  }

  private(set) var subject: DiagnosisSubject?
  var part = Part.chain
  private(set) var chain = Run()
  private(set) var review = Run()
  private(set) var bundle: DiagnosisBundle?
  private(set) var rows: [Row] = []
  private(set) var revision = 0
  /// Tells the news of one examination from those of the one before.
  private(set) var number = 0
  /// The part that the number is of.
  private var asked = Part.chain

  var run: Run { part == .chain ? chain : review }

  mutating func choose(_ subject: DiagnosisSubject) {
    guard subject != self.subject else { return }
    self = DoctorState(number: number, revision: revision)
    self.subject = subject
    makeRows()
  }

  init() {}

  private init(number: Int, revision: Int) {
    self.number = number + 1
    self.revision = revision + 1
  }

  // MARK: - Running

  /// Begins anew; with a check's id only what it found is forgotten.
  mutating func begin(_ part: Part, only: String?, at now: Int64) -> Int {
    number += 1
    asked = part
    self.part = part
    change(part) { run in
      run.phase = .running(since: now)
      run.findings.removeAll { only == nil || $0.check == only }
    }
    if part == .chain, only == nil { bundle = nil }
    return number
  }

  mutating func stop() {
    number += 1
    change(asked) { if $0.isRunning { $0.phase = .stopped } }
  }

  mutating func take(_ news: DiagnosisNews) {
    switch news {
    case .finding(let number, let finding) where number == self.number:
      change(asked) { $0.findings.append(finding) }
    case .ended(let number, let bundle) where number == self.number:
      self.bundle = bundle ?? self.bundle
      change(asked) { $0.phase = .ended }
    case .failed(let number, let sentence) where number == self.number:
      change(asked) { $0.phase = .failed(sentence) }
    default: break
    }
  }

  mutating func turn() {
    part = part == .chain ? .review : .chain
    makeRows()
  }

  private mutating func change(_ part: Part, _ body: (inout Run) -> Void) {
    if part == .chain { body(&chain) } else { body(&review) }
    makeRows()
  }

  // MARK: - Rows

  /// The checks in the order of the chain, each with what it found; a review is its findings.
  private mutating func makeRows() {
    revision += 1
    guard part == .chain else {
      rows = review.findings.map { Row(check: $0.check, title: $0.check, finding: $0) }
      return
    }
    let known = Set(Check.all.map(\.id))
    rows =
      Check.all.flatMap { check -> [Row] in
        let own = chain.findings.filter { $0.check == check.id }
        guard !own.isEmpty else { return [Row(check: check.id, title: check.title, finding: nil)] }
        return own.map { Row(check: check.id, title: check.title, finding: $0) }
      }
      + chain.findings.filter { !known.contains($0.check) }
      .map { Row(check: $0.check, title: $0.check, finding: $0) }
  }

  func row(_ index: Int?) -> Row? {
    index.flatMap { rows.indices.contains($0) ? rows[$0] : nil }
  }

  /// Errors and warnings in words.
  var report: DoctorReport {
    DoctorReport(target: subject?.target ?? "", findings: run.findings)
  }
}
