import JSON
import Operations

/// What comes back from the person's editor.
extension ConsoleState {
  mutating func takeEdited(_ text: String?, _ goal: EditGoal) -> [Effect] {
    guard let text else { return say(.info, "the editor gave nothing back; kept as it was") }
    switch goal {
    case .field(let screen, let path): return takeEdited(text, at: path, screen)
    case .form(let screen):
      guard forms[screen] != nil else { return [] }
      if forms[screen]?.take(source: text) == true {
        return say(.info, "taken over from the editor")
      }
      return forms[screen]?.sourceProblem.map { askToEditAgain(text, ".json", $0, goal) } ?? []
    case .request(let link):
      do throws(JSONError) { return send(request: try JSON.parse(text), to: link) } catch {
        return askToEditAgain(text, ".json", error, goal)
      }
    }
  }

  private mutating func takeEdited(
    _ text: String, at path: [String], _ screen: Screen
  ) -> [Effect] {
    guard forms[screen]?.row(at: path) != nil else {
      return say(.warning, "the field is not there any more; nothing was taken over")
    }
    if let problem = forms[screen]?.takeEdited(text, at: path) {
      return askToEditAgain(text, ".jsonc", problem, .field(screen, path: path))
    }
    return say(.info, "taken over from the editor")
  }

  /// What was written is worth more than the mistake in it: the editor opens again where it is.
  private mutating func askToEditAgain(
    _ text: String, _ suffix: String, _ problem: JSONError, _ goal: EditGoal
  ) -> [Effect] {
    overlay = .confirming(
      Confirmation(
        title: "That is no JSON", lines: ["\(problem)", "", "Open the editor again?"],
        deed: .editAgain(EditorText(text, suffix: suffix, line: problem.line), goal)))
    return []
  }

  /// Nothing that was written goes away because the editor is not opened again.
  mutating func sayDraftIsKept(_ goal: EditGoal) -> [Effect] {
    switch goal {
    case .form: say(.info, "kept as it was written; it can be mended here")
    case .field: say(.info, "kept as a draft; \(key(of: "form.editValue")) goes on with it")
    case .request: say(.info, "nothing was sent")
    }
  }
}
