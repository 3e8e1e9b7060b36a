import JSON
import MCPProtocol
import Operations
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let prompts = ScreenID("prompts")
}

extension ConsoleCommand.Scope {
  static let prompts = Self(rawValue: "prompts")
}

extension ScreenRow {
  static let prompts = ScreenRow(
    id: .prompts, title: "Prompts", shortTitle: "Prom", digit: "4", isOfLink: true,
    crumbs: { state, screen in [state.name(of: screen.link), "prompts"] },
    list: PromptsScreen.source,
    exports: { state, screen in
      [.items("prompts", state.markedOrAll.map { state.prompts(of: screen)[$0].raw })]
    }, copies: PromptsScreen.copies,
    opened: { state, screen in state.loadOnce(.prompts, of: screen.link) },
    refresh: { state, screen in state.load(.prompts, of: screen.link) },
    commands: PromptsCommands.rows,
    draw: { state, screen, canvas in
      let notice = LinkNotice(state, screen, .prompts)
      ListScreenView(title: "Prompts", empty: notice.empty, remark: notice.remark)
        .draw(state, PromptsScreen.source, on: &canvas)
    })
}

extension ConsoleState {
  func prompts(of screen: Screen) -> [PromptItem] {
    screen.link.flatMap { links[$0]?.prompts } ?? []
  }

  var selectedPrompt: PromptItem? {
    let items = prompts(of: screen)
    return screen.id == .prompts
      ? list.current.flatMap { items.indices.contains($0) ? items[$0] : nil } : nil
  }
}

/// What the list of prompts shows.
enum PromptsScreen {
  static let source = ListSource(
    count: { state, screen in state.prompts(of: screen).count },
    key: { state, screen, index in state.prompts(of: screen)[index].prompt.name },
    fields: { state, screen, index in
      let prompt = state.prompts(of: screen)[index].prompt
      return [prompt.name, prompt.title ?? "", prompt.description ?? ""]
    },
    revision: { state, screen in
      screen.link.flatMap { state.links[$0]?.lists[.prompts]?.revision } ?? 0
    },
    sorts: [SortColumn("name") { .init($0.prompts(of: $1)[$2].prompt.name) }], table: table,
    cells: { state, screen, index, signs in cells(state.prompts(of: screen)[index], signs) },
    detail: { state, screen, index in detail(state.prompts(of: screen)[index], state.signs) })

  static let table = Table([
    .init("name", width: 18, growth: 3, rank: 0),
    .init("", width: 6, rank: 1),
    .init("title", width: 14, growth: 2, rank: 2),
  ])

  static func cells(_ item: PromptItem, _ signs: SignSet) -> [Span] {
    let badge: Span =
      if item.hasHidden {
        Span("HIDDEN", .badgeHidden)
      } else {
        Span(item.issues.isEmpty ? "" : "check", .stateWarn)
      }
    let name = item.prompt.name.isEmpty ? "(no name)" : item.prompt.name
    return [
      Span(signs.safe(name, limit: 200).text), badge,
      Span(signs.safe(item.prompt.title ?? "", limit: 200).text, .dim),
    ]
  }

  static func detail(_ item: PromptItem, _ signs: SignSet) -> TextView {
    var lines = Lines(signs: signs)
    lines.title(signs.safe(item.prompt.displayTitle, limit: 300).text)
    if let text = item.prompt.description, !text.isEmpty {
      lines.block(text)
      lines.gap()
    }
    if item.hasHidden {
      lines.plain("Its words hold hidden characters; they are spelled out here.", .badgeHidden)
    }
    if item.arguments.isEmpty { lines.plain("It takes no arguments.", .dim) }
    for argument in item.arguments {
      lines.add(
        argument.name + (argument.isRequired == true ? " *" : ""),
        argument.description ?? argument.title ?? "text")
    }
    for issue in item.issues { lines.add("check", issue.description, .stateWarn) }
    lines.gap()
    lines.block(item.raw.pretty, .dim)
    return lines.text
  }

  static func copies(_ state: ConsoleState, _ screen: Screen) -> [CopyMenu.Item] {
    guard let item = state.selectedPrompt, let link = state.link else { return [] }
    return [
      .init("y", "the name", item.prompt.name), .init("j", "it as JSON", item.raw.pretty),
      .init("c", "as a command", HeadlessCommand.prompt(link, item.prompt.name, [:])),
    ]
  }
}

/// What the list of prompts can do.
enum PromptsCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "prompt.get", "Get the prompt: open its form", keys: [Key(.enter)], scope: .prompts,
      hint: "get",
      availability: { state in
        guard state.selectedPrompt != nil else { return .disabled(reason: "no prompt is selected") }
        return state.link?.isOpen == true
          ? .enabled : .disabled(reason: state.notConnected)
      },
      run: { state in
        guard let item = state.selectedPrompt, let link = state.screen.link else { return [] }
        return state.openForm(
          Screen(.promptForm, link: link, subject: item.prompt.name), schema: item.schema)
      }),
    LinkCommands.reconnect("prompts.reconnect", scope: .prompts),
  ]
}
