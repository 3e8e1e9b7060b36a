import JSON
import JSONSchema
import Operations
import TerminalCore
import Widgets

/// Filling in a form: keys that are no text, so that letters can be typed.
enum FormCommands {
  static let all = rows + choiceRows + FormSourceCommands.rows

  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "form.send", "Send the call", keys: [.control("s")], scope: .form, hint: "send",
      availability: { state in
        guard state.screen.id == .form,
          let why = state.refusal(ofTool: state.screen.subject, state.screen.link)
        else { return .enabled }
        return .disabled(reason: why)
      }, run: send),
    move(
      "form.next", "The next field", [Key(.tab), Key(.down)], .by(1)),
    ConsoleCommand(
      "form.enter", "Choose, or the next field; without any, send", keys: [Key(.enter)],
      scope: .form,
      hint: .init { state in
        guard let form = state.form, !form.rows.isEmpty else { return "send" }
        return FormPicking.picker(form, state.screen) == nil ? "next" : "choose"
      }, run: enter),
    move("form.previous", "The field before", [Key(.tab, .shift), Key(.up)], .by(-1)),
    move("form.pageDown", "A page down", [Key(.pageDown)], .pages(1)),
    move("form.pageUp", "A page up", [Key(.pageUp)], .pages(-1)),
    row(
      "form.absence", "Unset, empty or null", [.control("x")], hint: "unset",
      run: { $0.cycleAbsence() }),
    ConsoleCommand(
      "form.peek", "Show the secrets", keys: [.control("r")], scope: .form,
      availability: needsSound,
      run: { state in
        state.form?.isPeeking.toggle()
        state.form?.resetSource()
        return []
      }),
    ConsoleCommand(
      "form.json", "The form as JSON, and back", keys: [.control("o")], scope: .form,
      hint: .init { $0.form?.showsJSON == true ? "form" : "json" }, run: FormSourceCommands.turn),
    ConsoleCommand(
      "form.edit", "The whole of it in an editor", keys: [.control("e")], scope: .form,
      hint: "editor",
      run: { state in
        guard let form = state.form else { return [] }
        let text = form.readSoundly ? form.value.pretty : form.source?.area.text ?? ""
        let line = form.sourceProblem?.line
        return [.edit(EditorText(text, suffix: ".json", line: line), .form(state.screen))]
      }),
    editField(
      "form.editField", "The field in an editor", [Key(.character("e"), .alt), Key(.function(4))],
      .form),
    ConsoleCommand(
      "form.now", "The present moment", keys: [.control("t")], scope: .form,
      availability: { state in
        state.form?.current?.isMoment == true && state.form?.showsJSON == false
          ? .enabled : .disabled(reason: "the field is no date or time")
      },
      run: { state in
        guard let row = state.form?.current, let text = row.moment(state.time.wall) else {
          return []
        }
        state.form?.put(text, at: row)
        return []
      }),
    stepValue("form.valueNext", "The next value, number or suggestion", .control("n"), 1),
    stepValue("form.valueBefore", "The value, number or suggestion before", .control("p"), -1),
    ConsoleCommand(
      "form.keepPreset", "Keep the arguments under a name", keys: [.control("k")], scope: .form,
      run: { state in
        let question = LineQuestion(
          title: "Keep these arguments as", deed: .preset(state.screen))
        state.overlay = .asking(question)
        return []
      }),
    ConsoleCommand(
      "form.preset", "Arguments that were kept under a name", keys: [.control("g")], scope: .form,
      availability: { state in
        state.presetNames(state.screen).isEmpty
          ? .disabled(reason: "none are kept yet; \(state.key(of: "form.keepPreset")) keeps these")
          : needsSound(state)
      },
      run: { state in
        let (screen, names) = (state.screen, state.presetNames(state.screen))
        let items = names.map { Picker.Item(title: $0, deed: .preset(screen, $0)) }
        state.overlay = .picking(Picker(title: "Kept arguments", items: items))
        return []
      }),
    undo("form.undo", Key(.character("u"), .alt), .form),
    recall("form.earlier", "The arguments of the call before", Key(.up, .alt), 1),
    recall("form.later", "The arguments of the call after", Key(.down, .alt), -1),
    ConsoleCommand(
      "form.close", "Leave the form; it is kept", keys: [Key(.escape)], scope: .form, hint: "back",
      run: { state in
        _ = state.closeView()
        return []
      }),
  ]

  /// Where the focused row takes no text, letters are keys.
  static let choiceRows: [ConsoleCommand] = [
    step("form.toggle", "The next value", [.character(" "), Key(.right), .character("l")], 1),
    step("form.toggleBack", "The value before", [Key(.left), .character("h")], -1),
    ConsoleCommand(
      "form.add", "Add an entry, or a member of one's own name", keys: [.character("a")],
      scope: .formChoice, hint: "add",
      availability: { state in
        state.form?.canAdd == true || state.form?.openGroup != nil
          ? .enabled : .disabled(reason: "the schema allows nothing more here")
      }, run: add),
    choice("form.remove", "Take the entry out", "d", { $0.removeCurrent() }) {
      $0?.current?.isRemovable == true ? nil : "this is no entry of a list"
    },
    choice("form.shiftDown", "Move the entry down", "J", { $0.shiftCurrent(by: 1) }) {
      $0?.current?.isRemovable == true ? nil : "this is no entry of a list"
    },
    choice("form.shiftUp", "Move the entry up", "K", { $0.shiftCurrent(by: -1) }) {
      $0?.current?.isRemovable == true ? nil : "this is no entry of a list"
    },
    editField("form.editValue", "The value as JSON in an editor", [.character("e")], .formChoice),
    undo("form.undoChoice", .character("u"), .formChoice),
    choice("form.down", "The next field", "j", { $0.move(.by(1)) }) { _ in nil },
    choice("form.up", "The field before", "k", { $0.move(.by(-1)) }) { _ in nil },
  ]

  // MARK: - Rows

  /// What changes the whole of a form would take a text away that cannot be read.
  private static func needsSound(_ state: ConsoleState) -> ConsoleCommand.Availability {
    guard state.form?.readSoundly == false else { return .enabled }
    return .disabled(reason: "the JSON that is written here cannot be read yet")
  }

  private static func undo(
    _ id: String, _ key: Key, _ scope: ConsoleCommand.Scope
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, "Take the last change of the form back", keys: [key], scope: scope,
      availability: { state in
        state.form?.past.isEmpty == false
          ? needsSound(state) : .disabled(reason: "nothing was changed here yet")
      },
      run: { state in
        guard state.form?.undo() == true else { return [] }
        return state.say(.info, "taken back")
      })
  }

  private static func editField(
    _ id: String, _ title: String, _ keys: [Key], _ scope: ConsoleCommand.Scope
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: keys, scope: scope,
      availability: { state in
        state.form?.reasonAgainstEditor(state.form?.current).map { .disabled(reason: $0) }
          ?? .enabled
      },
      run: { state in
        guard let form = state.form, let row = form.current.flatMap({ form.row(at: $0.path) })
        else { return [] }
        return [.edit(form.editorText(row), .field(state.screen, path: row.path))]
      })
  }

  private static func row(
    _ id: String, _ title: String, _ keys: [Key], hint: ConsoleCommand.Hint? = nil,
    run: @escaping @Sendable (inout FormState) -> Void
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: keys, scope: .form, hint: hint,
      availability: { state in
        state.form?.showsJSON == true
          ? .disabled(
            reason: "all of it is text here; \(state.key(of: "form.json")) has the fields")
          : .enabled
      },
      run: { state in
        guard var form = state.form else { return [] }
        run(&form)
        state.form = form
        return []
      })
  }

  private static func move(
    _ id: String, _ title: String, _ keys: [Key], _ move: ScrollState.Move,
    hint: ConsoleCommand.Hint? = nil
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: keys, scope: .form, hint: hint,
      run: { state in
        let now = state.time.wall
        state.form?.settleMoment(now: now)
        state.form?.move(move)
        return state.expectCompletion()
      })
  }

  private static func step(
    _ id: String, _ title: String, _ keys: [Key], _ count: Int
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: keys, scope: .formChoice, hint: count > 0 ? "change" : nil,
      run: { state in
        state.form?.step(by: count)
        return []
      })
  }

  private static func choice(
    _ id: String, _ title: String, _ key: Character,
    _ run: @escaping @Sendable (inout FormState) -> Void,
    unless reason: @escaping @Sendable (FormState?) -> String?
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [.character(key)], scope: .formChoice,
      availability: { state in reason(state.form).map { .disabled(reason: $0) } ?? .enabled },
      run: { state in
        guard var form = state.form else { return [] }
        run(&form)
        state.form = form
        return []
      })
  }

  private static func recall(
    _ id: String, _ title: String, _ key: Key, _ step: Int
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, title, keys: [key], scope: .form,
      availability: { state in
        state.earlierArguments.isEmpty
          ? .disabled(reason: "this tool was not called yet") : needsSound(state)
      },
      run: { state in
        let earlier = state.earlierArguments
        guard let form = state.form, !earlier.isEmpty else { return [] }
        let place = earlier.firstIndex(of: form.value)
        let next = min(max(0, (place ?? -1) + step), earlier.count - 1)
        state.form?.replace(with: earlier[next])
        return state.say(.info, "arguments of \(next + 1) of \(earlier.count) calls")
      })
  }

  // MARK: - Deeds

  private static func add(_ state: inout ConsoleState) -> [Effect] {
    if state.form?.canAdd == true {
      state.form?.addEntry()
      return []
    }
    state.overlay = .asking(LineQuestion(title: "Name of the member", deed: .member(state.screen)))
    return []
  }

  private static func stepValue(
    _ id: String, _ title: String, _ key: Key, _ step: Int
  ) -> ConsoleCommand {
    row(id, title, [key], run: { $0.stepValue(by: step) })
  }

  /// Choices that do not fit into their row open; any other row gives way to the next.
  private static func enter(_ state: inout ConsoleState) -> [Effect] {
    guard let form = state.form else { return [] }
    if form.rows.isEmpty { return send(&state) }
    if let picker = FormPicking.picker(form, state.screen) {
      state.overlay = .picking(picker)
      return []
    }
    let now = state.time.wall
    state.form?.settleMoment(now: now)
    state.form?.move(.by(1))
    return state.expectCompletion()
  }

  private static func send(_ state: inout ConsoleState) -> [Effect] {
    if let refusal = state.refuseForm() { return refusal }
    return state.form.map { state.send($0) } ?? []
  }
}

extension FormRow {
  private var format: String? {
    if case .text(let text) = field.kind { text.format } else { nil }
  }

  var isMoment: Bool { ["date-time", "date", "time"].contains(format) }

  /// The moment as the field's format writes it, in UTC.
  func moment(_ wall: Int64) -> String? { FormMoment.text(wall / 1000, format) }
}
