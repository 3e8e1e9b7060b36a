import JSON
import MCPProtocol
import TerminalCore
import Widgets

extension ScreenID {
  static let form = ScreenID("form")
  static let templateForm = ScreenID("form.template")
  static let promptForm = ScreenID("form.prompt")
}

extension ConsoleCommand.Scope {
  static let form = Self(rawValue: "form")
  static let formChoice = Self(rawValue: "form.choice")
  /// All of it as JSON, which is typed.
  static let formSource = Self(rawValue: "form.source")

  /// Those of a form as it stands, before what it is filled in for.
  static func ofForm(_ form: FormState?) -> [Self] {
    if form?.showsJSON == true { return [.formSource] }
    return form?.current?.takesText ?? true ? [] : [.formChoice]
  }
}

extension ScreenRow {
  static let form = form(.form, "The form of a call", commands: FormCommands.all)
  static let templateForm = form(.templateForm, "The form of a resource template")
  static let promptForm = form(.promptForm, "The form of a prompt")

  /// Forms are alike whatever they are sent for; their keys are listed once.
  private static func form(
    _ id: ScreenID, _ title: String, commands: [ConsoleCommand] = []
  ) -> ScreenRow {
    ScreenRow(
      id: id, title: title, isOfLink: true,
      crumbs: { _, screen in [screen.subject, id == .form ? "call" : "fill in"] },
      scopes: { state, screen in ConsoleCommand.Scope.ofForm(state.forms[screen]) + [.form] },
      innerScopes: id == .form
        ? [
          (.formChoice, "In a form, where no text is typed"),
          (.formSource, "In the JSON of a form"),
        ] : [],
      edit: { state, input in state.form?.edit(input) ?? false },
      copies: FormScreen.copies,
      prepare: { state, screen in
        let height = FormView.Layout(state).rows.height
        state.forms[screen]?.settle(height: height)
      },
      commands: commands,
      draw: { state, screen, canvas in
        guard let form = state.forms[screen] else { return }
        FormView(form: form, title: screen.subject, state: state).draw(on: &canvas)
      })
  }
}

enum FormScreen {
  static func copies(_ state: ConsoleState, _ screen: Screen) -> [CopyMenu.Item] {
    guard let form = state.forms[screen], let link = state.link else { return [] }
    let masked = FormSecrets.masked(form)
    return [
      .init("j", "the arguments as JSON", masked.pretty),
      .init("c", "as a command", HeadlessCommand.of(screen, masked, link)),
    ]
  }
}

extension ConsoleState {
  /// The form of the view that is shown.
  var form: FormState? {
    get { forms[screen] }
    set { if forms[screen] != nil { forms[screen] = newValue } }
  }

  /// Opens the form of a tool; what was filled in before is still there.
  mutating func openForm(_ item: ToolItem, arguments: JSON? = nil) -> [Effect] {
    openForm(
      Screen(.form, link: screen.link, subject: item.tool.name),
      schema: item.tool.inputSchema ?? ["type": "object"], arguments: arguments)
  }

  mutating func openForm(_ form: Screen, schema: JSON, arguments: JSON? = nil) -> [Effect] {
    if forms[form]?.schema.json != schema {
      forms[form] = FormState(schema, value: arguments ?? .object([:]))
    } else if let arguments {
      forms[form]?.replace(with: arguments)
    }
    // What was called before, also in earlier runs, can be taken back.
    let loading = history.phase == .unasked ? loadHistory() : []
    return enter(form) + loading
  }

  /// What was filled in and not sent, by name.
  var unsentForms: [String] {
    let kinds: Set<ScreenID> = [.form, .templateForm, .promptForm]
    return forms.filter { kinds.contains($0.key.id) && $0.value.isUnsent }.map(\.key.subject)
      .sorted()
  }

  /// Sends what the form that is shown has been filled in for.
  mutating func send(_ form: FormState) -> [Effect] {
    guard let link = screen.link else { return [] }
    self.form?.noteSent()
    switch screen.id {
    case .templateForm:
      guard let uri = TemplateForm.uri(screen.subject, form.value) else {
        return say(.warning, "not sent: the template cannot be read")
      }
      return call(link, .resource(uri: uri))
    case .promptForm: return call(link, .prompt(screen.subject, arguments: form.value.object))
    default: return callTool(named: screen.subject, form.value)
    }
  }
}
