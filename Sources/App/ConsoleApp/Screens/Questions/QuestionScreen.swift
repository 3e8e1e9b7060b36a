import JSON
import MCPProtocol
import Operations
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let question = ScreenID("question")
}

extension ConsoleCommand.Scope {
  static let question = Self(rawValue: "question")
  /// It asks for a page to be opened: nothing is typed.
  static let questionPage = Self(rawValue: "questionPage")
}

extension ScreenRow {
  /// A server's question: its words, and a form for the answer.
  static let question = ScreenRow(
    id: .question, title: "A question of a server", isOfLink: true,
    crumbs: { state, screen in [state.name(of: screen.link), "asks"] },
    scopes: { state, screen in
      if state.question(of: screen)?.address != nil { return [.questionPage, .question] }
      let own = ConsoleCommand.Scope.ofForm(state.forms[screen])
      return [.question] + own + [.form]
    },
    innerScopes: [(.questionPage, "Where a server wants a page opened")],
    edit: { state, input in state.form?.edit(input) ?? false },
    copies: { state, screen in
      guard let question = state.question(of: screen) else { return [] }
      return [.init("y", "its words", question.message)]
        + (question.address.map { [.init("u", "the address", $0)] } ?? [])
    },
    prepare: { state, screen in
      let height = FormView.Layout(state).rows.height
      state.forms[screen]?.settle(height: height)
    },
    commands: QuestionCommands.rows,
    draw: { state, screen, canvas in
      guard let form = state.forms[screen] else { return }
      FormView(form: form, title: "\(state.name(of: screen.link)) asks", state: state)
        .draw(on: &canvas)
    })
}

extension ConsoleState {
  func question(of screen: Screen) -> PendingQuestion? {
    screen.id == .question ? questions.first { $0.screen == screen } : nil
  }

  /// What stands above a form: the words of whoever asks.
  func preface(of screen: Screen) -> [TextView.Paragraph] {
    guard let question = question(of: screen) else { return [] }
    var lines = Lines(signs: signs)
    lines.block(question.message)
    if let address = question.address {
      lines.add("open", address, .link)
      for warning in WebPage(address).warnings { lines.add("check", warning, .stateWarn) }
      lines.plain(
        "\(copyKeys("copy.u")) copies it, \(key(of: "question.page")) opens it; nobody else does.",
        .dim)
    }
    return lines.paragraphs
  }

  /// Takes a question: whoever is at rest on the call that waits for it sees it at once, all others are told.
  mutating func ask(_ question: PendingQuestion) -> [Effect] {
    questions.append(question)
    let lost = takeLostAnswer(to: question)
    forms[question.screen] = FormState(
      question.schema, value: lost ?? question.draft(folder: folder))
    if lost != nil { note(.info, name(of: question.link), "it asks again; what was typed is back") }
    let isAwaited = call(of: screen).map { $0.isRunning && $0.link == question.link } ?? false
    if isAwaited, overlay == nil {
      isTypingLost = false
      open(question.screen)
      return []
    }
    return say(
      .warning,
      "\(name(of: question.link)) asks: \(question.message); \(key(of: "question.open")) answers")
  }

  mutating func withdraw(_ id: Int, of link: Link.ID) -> [Effect] {
    guard let question = questions.first(where: { $0.id == id && $0.link == link }) else {
      return []
    }
    keepAnswer(to: question)
    isTypingLost = isTypingLost || screen == question.screen && question.address == nil
    drop(question)
    return sayWhoLeft(name(of: link))
  }

  private mutating func sayWhoLeft(_ name: String) -> [Effect] {
    let words = "\(name) does not wait for the answer any more"
    return isTypingLost
      ? say(.warning, "\(words); \(Key(.escape)) goes on in this view") : say(.info, words)
  }

  /// Keeps what is typed on for a question that is gone from the view below, where letters are commands; nil for a
  /// key that is to act.
  mutating func swallow(_ key: Key) -> [Effect]? {
    guard isTypingLost else { return nil }
    if key == Key(.escape) {
      isTypingLost = false
      return []
    }
    var isTyped = key.modifiers.isDisjoint(with: [.control, .alt])
    if case .function = key.code { isTyped = false }
    isTypingLost = isTyped
    guard isTyped else { return nil }
    return say(.warning, "the question is gone; \(Key(.escape)) goes on in this view")
  }

  /// Forgets a question and closes its view.
  mutating func drop(_ question: PendingQuestion) {
    questions.removeAll { $0.screen == question.screen }
    forms[question.screen] = nil
    route.removeAll { $0 == question.screen }
    settle()
  }
}

/// Answering.
enum QuestionCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "question.accept", "Send the answer", keys: [.control("s")], scope: .question,
      hint: .init { state in
        state.question(of: state.screen)?.address == nil ? "answer" : "done"
      }, run: accept),
    ConsoleCommand(
      "question.page", "Open the page in the browser", keys: [.character("o")],
      scope: .questionPage, hint: "open",
      run: { state in
        guard let address = state.question(of: state.screen)?.address else { return [] }
        return state.askToOpen(.page(address))
      }),
    ConsoleCommand(
      "question.read", "Read all of the question in the pager", keys: [Key(.function(3))],
      scope: .question, run: { state in [.show(PlainText(state).text, .pager)] }),
    ConsoleCommand(
      "question.decline", "Decline", keys: [.control("d")], scope: .question, hint: "decline",
      run: { state in
        guard let question = state.question(of: state.screen) else { return [] }
        state.drop(question)
        return [.answer(question.link, question.id, question.refusal)]
          + state.say(.info, "declined")
      }),
    ConsoleCommand(
      "question.defer", "Leave it for later", keys: [Key(.escape)], scope: .question,
      hint: "later",
      run: { state in
        _ = state.closeView()
        return state.say(.info, "the question waits; \(state.key(of: "question.open")) answers it")
      }),
  ]

  private static func accept(_ state: inout ConsoleState) -> [Effect] {
    guard let question = state.question(of: state.screen) else { return [] }
    if let refusal = state.refuseForm() { return refusal }
    guard let form = state.form else { return [] }
    state.drop(question)
    return [.answer(question.link, question.id, question.answer(form.value))]
      + state.say(.info, "answered")
  }
}
