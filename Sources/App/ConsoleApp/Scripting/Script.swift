import Settings

/// Lines that are run one after the other, each when what the one before set going is done.
package struct Script: Sendable, Hashable {
  var lines: [String] = []
  /// Something between two lines is not done yet.
  var isHeld = false

  init(_ lines: [String] = []) { self.lines = lines }
}

/// Why a line cannot be run, in a sentence.
struct ScriptProblem: Error, Sendable, Hashable {
  let sentence: String

  init(_ sentence: String) { self.sentence = sentence }
}

/// The words of a line behind its verb.
struct ScriptWords: Sendable, Hashable {
  let words: [String]
  /// The same as it was typed, for what splits it in its own way.
  let text: String

  /// The first word, or the problem that there is none.
  func first(_ what: String) throws(ScriptProblem) -> String {
    guard let word = words.first else { throw ScriptProblem("\(what) is missing") }
    return word
  }
}

extension ConsoleState {
  /// Runs the next line where nothing of the one before is under way.
  mutating func continueScript() -> [Effect] {
    guard !script.lines.isEmpty, !script.isHeld, isAtRest else { return [] }
    let line = script.lines.removeFirst()
    script.isHeld = true
    do throws(ScriptProblem) {
      return try run(line: line) + [.continueScript]
    } catch {
      let left = script.lines.isEmpty ? "" : "; \(script.lines.count) more lines are left out"
      script = Script()
      return say(.error, ":\(line): \(error.sentence)\(left)")
    }
  }

  /// Nothing is waited for but a person.
  var isAtRest: Bool {
    servers.isLoaded && history.phase != .loading
      && !links.values.contains { link in
        link.isConnecting || link.lists.values.contains { $0.phase == .loading }
      } && (running.isEmpty || !questions.isEmpty) && !isMakingResult
  }

  /// Runs a line as the palette, `--run` and a paste have it; the colon in front may be left out.
  mutating func run(line: String) throws(ScriptProblem) -> [Effect] {
    let text = String(line.drop { $0 == " " || $0 == ":" })
    if text.hasPrefix("#") { return try openCall(text) }
    guard let (verb, words) = try ConsoleVerb.read(text) else {
      return try runCommand(text)
    }
    return try verb.run(&self, words)
  }

  /// Runs a line and says what was wrong with it.
  mutating func tryLine(_ line: String) -> [Effect] {
    do throws(ScriptProblem) { return try run(line: line) } catch {
      return say(.error, error.sentence)
    }
  }

  /// A command of the window by its name, where its keys would count too.
  private mutating func runCommand(_ name: String) throws(ScriptProblem) -> [Effect] {
    guard let command = Keymap.command(name) else {
      throw ScriptProblem("there is no such command; \(key(of: "palette.open")) lists them")
    }
    guard Keymap.active(in: self).contains(where: { $0.id == name }) else {
      throw ScriptProblem("it means nothing in this view")
    }
    if case .disabled(let reason) = command.availability(self) { throw ScriptProblem(reason) }
    return command.run(&self)
  }

  private mutating func openCall(_ name: String) throws(ScriptProblem) -> [Effect] {
    guard let record = Int(name.dropFirst()).flatMap({ calls[$0] }) else {
      throw ScriptProblem("there is no call \(name) in this run")
    }
    go([Screen(.servers), Screen(.calls)])
    return enter(Screen(.result, link: record.link, subject: name))
  }
}
