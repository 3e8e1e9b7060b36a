import Diagnostics
import Settings

/// Having servers examined.
extension ConsoleState {
  /// Looks at the server that a person comes from; one that was not examined yet is, at once.
  mutating func openDoctor() -> [Effect] {
    guard let row = doctorsSubject else { return [] }
    return row.key == doctor.subject?.key && doctor.run.phase != .rest ? [] : examine(row)
  }

  mutating func examine(_ row: ServerRow, agreed isAgreed: Bool = false) -> [Effect] {
    doctor.choose(DiagnosisSubject(row))
    guard row.definition?.origin.needsConsent != true || agreed.contains(row.key) || isAgreed else {
      overlay = .confirming(
        .ofProject(row, "To examine it runs it. Examine it?", .examine(row.key)))
      return []
    }
    if isAgreed { agreed.insert(row.key) }
    return runDoctor(.chain)
  }

  /// Runs a part, or one check of the chain.
  mutating func runDoctor(_ part: DoctorState.Part, only: String? = nil) -> [Effect] {
    guard let subject = doctor.subject else { return [] }
    let number = doctor.begin(part, only: only, at: time.steady)
    let wish: DiagnosisWish =
      part == .chain
      ? .examine(subject, only: only, number: number) : .review(subject, number: number)
    return [.operate(.diagnosis(wish)), .startTimer(.office, milliseconds: 1000)]
  }

  mutating func take(_ news: DiagnosisNews) -> [Effect] {
    let wasRunning = doctor.run.isRunning
    doctor.take(news)
    guard wasRunning, !doctor.run.isRunning, let subject = doctor.subject else { return [] }
    if case .failed(let sentence) = doctor.run.phase { return say(.error, sentence) }
    let isFine = doctor.run.findings.firstFailure(from: .error) == nil
    return say(isFine ? .info : .warning, "\(subject.name): \(doctor.report.summary)")
  }

  /// The server that is examined, or would be: the one of the view before, else the one that is connected.
  private var doctorsSubject: ServerRow? {
    let before = otherRoute?.last.flatMap { row(shownBy: $0) }
    return before ?? doctor.subject.flatMap { servers.row($0.key) }
      ?? link.flatMap { link in servers.rows.first { self.link(of: $0)?.id == link.id } }
  }

  private func row(shownBy screen: Screen) -> ServerRow? {
    if let id = screen.link { return servers.rows.first { self.link(of: $0)?.id == id } }
    switch screen.id {
    case .server, .authServer: return servers.row(screen.subject)
    case .servers, .dashboard, .auth:
      guard let index = views[screen]?.current, servers.rows.indices.contains(index) else {
        return nil
      }
      return servers.rows[index]
    default: return nil
    }
  }

  /// `[SERVER]` of a script.
  mutating func examine(named words: ScriptWords) throws(ScriptProblem) -> [Effect] {
    guard let name = words.words.first else {
      goRoot(.doctor)
      return openDoctor()
    }
    let bare = name.hasPrefix("@") ? String(name.dropFirst()) : name
    guard let row = servers.rows.first(where: { $0.name == bare }) else {
      throw ScriptProblem("no server is called \(bare)")
    }
    goRoot(.doctor)
    return examine(row)
  }
}

extension DiagnosisSubject {
  init(_ row: ServerRow) {
    self.init(
      key: row.key, name: row.name, target: row.target.isEmpty ? row.name : row.target,
      path: row.path, definition: row.definition, problems: row.findings)
  }
}
