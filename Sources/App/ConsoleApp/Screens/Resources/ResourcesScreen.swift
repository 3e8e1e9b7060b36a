import JSON
import MCPProtocol
import Operations
import SafeText
import TerminalCore
import Widgets

extension ScreenID {
  static let resources = ScreenID("resources")
}

extension ConsoleCommand.Scope {
  static let resources = Self(rawValue: "resources")
}

extension ScreenRow {
  static let resources = ScreenRow(
    id: .resources, title: "Resources", shortTitle: "Res", digit: "3", isOfLink: true,
    crumbs: { state, screen in [state.name(of: screen.link), "resources"] },
    list: ResourcesScreen.source,
    exports: { state, screen in
      [.items("resources", state.markedOrAll.map { state.resources(of: screen)[$0].raw })]
    }, copies: ResourcesScreen.copies,
    opened: { state, screen in
      state.loadOnce(.resources, of: screen.link) + state.loadOnce(.templates, of: screen.link)
    },
    refresh: { state, screen in
      state.load(.resources, of: screen.link) + state.load(.templates, of: screen.link)
    },
    commands: ResourcesCommands.rows,
    draw: { state, screen, canvas in
      let notice = LinkNotice(state, screen, .resources)
      ListScreenView(title: "Resources", empty: notice.empty, remark: notice.remark)
        .draw(state, ResourcesScreen.source, on: &canvas)
    })
}

extension ConsoleState {
  /// Resources first, then the families of them.
  func resources(of screen: Screen) -> [ResourceItem] {
    guard let link = screen.link.flatMap({ links[$0] }) else { return [] }
    return link.resources + link.templates
  }

  var selectedResource: ResourceItem? {
    let items = resources(of: screen)
    return screen.id == .resources
      ? list.current.flatMap { items.indices.contains($0) ? items[$0] : nil } : nil
  }
}

/// What the list of resources shows.
enum ResourcesScreen {
  static let source = ListSource(
    count: { state, screen in state.resources(of: screen).count },
    key: { state, screen, index in state.resources(of: screen)[index].uri },
    fields: { state, screen, index in
      let item = state.resources(of: screen)[index]
      return [item.uri, item.title, item.mimeType ?? "", item.isTemplate ? "template" : ""]
    },
    revision: { state, screen in
      let lists = screen.link.flatMap { state.links[$0]?.lists }
      return (lists?[.resources]?.revision ?? 0) * 1000 + (lists?[.templates]?.revision ?? 0)
    },
    sorts: [
      SortColumn("uri") { .init($0.resources(of: $1)[$2].uri) },
      SortColumn("name") { .init($0.resources(of: $1)[$2].title) },
      SortColumn("type") { .init($0.resources(of: $1)[$2].mimeType ?? "") },
      SortColumn("size") { .init($0.resources(of: $1)[$2].size) },
    ], table: table,
    cells: { state, screen, index, signs in
      cells(state.resources(of: screen)[index], watching(state, screen, index), signs)
    },
    detail: { state, screen, index in
      detail(state.resources(of: screen)[index], watching(state, screen, index), state)
    })

  /// Whether changes of it are told, and whether there was one since it was read.
  static func watching(_ state: ConsoleState, _ screen: Screen, _ index: Int) -> Watching? {
    screen.link.flatMap { state.links[$0]?.watched[state.resources(of: screen)[index].uri] }
  }

  static let table = Table([
    .init("uri", width: 22, growth: 3, rank: 0),
    .init("", width: 8, rank: 1),
    .init("name", width: 12, growth: 1, rank: 2),
    .init("type", width: 12, rank: 3),
    .init("size", width: 7, rank: 4, alignedRight: true),
  ])

  static func cells(_ item: ResourceItem, _ watching: Watching?, _ signs: SignSet) -> [Span] {
    let badge: Span =
      if let watching {
        Span(watching == .changed ? "changed" : "watched", .stateRun)
      } else if item.hasHidden {
        Span("HIDDEN", .badgeHidden)
      } else if !item.issues.isEmpty {
        Span("check", .stateWarn)
      } else {
        Span(item.isTemplate ? "template" : "", .badgeNet)
      }
    return [
      Span(signs.safe(item.uri, limit: 400).text), badge,
      Span(signs.safe(item.title, limit: 200).text, .dim),
      Span(signs.safe(item.mimeType ?? "", limit: 100).text, .dim),
      Span(item.size.map(CallWords.size) ?? "", .dim),
    ]
  }

  static func detail(
    _ item: ResourceItem, _ watching: Watching?, _ state: ConsoleState
  ) -> TextView {
    let signs = state.signs
    var lines = Lines(signs: signs)
    lines.title(signs.safe(item.title, limit: 300).text)
    lines.add(item.isTemplate ? "template" : "uri", item.uri)
    lines.add("type", item.mimeType ?? "")
    switch watching {
    case .changed:
      lines.add("watched", "it has changed; \(state.key(of: "resource.read")) reads it", .stateRun)
    case .quiet: lines.add("watched", "no change was told yet", .stateRun)
    case nil: break
    }
    lines.add("size", item.size.map { "\($0) bytes" } ?? "")
    if item.hasHidden {
      lines.plain("Its words hold hidden characters; they are spelled out here.", .badgeHidden)
    }
    if let text = item.description {
      lines.gap()
      lines.block(text)
    }
    for issue in item.issues { lines.add("check", issue.description, .stateWarn) }
    lines.gap()
    lines.json(item.raw.pretty)
    return lines.text
  }

  static func copies(_ state: ConsoleState, _ screen: Screen) -> [CopyMenu.Item] {
    guard let item = state.selectedResource, let link = state.link else { return [] }
    return [
      .init("y", "the name", item.title), .init("u", "the URI", item.uri),
      .init("j", "it as JSON", item.raw.pretty),
      .init("c", "as a command", HeadlessCommand.read(link, item.uri)),
    ]
  }
}

/// What the list of resources can do.
enum ResourcesCommands {
  static let rows: [ConsoleCommand] = [
    ConsoleCommand(
      "resource.read", "Read it; fill in a template first", keys: [Key(.enter)],
      scope: .resources, hint: "read",
      availability: { state in
        guard state.selectedResource != nil else {
          return .disabled(reason: "no resource is selected")
        }
        return state.link?.isOpen == true
          ? .enabled : .disabled(reason: state.notConnected)
      }, run: read),
    ConsoleCommand(
      "resource.watch", "Watch it for changes, or not any more", keys: [.character("F")],
      scope: .resources, hint: "watch",
      availability: { state in
        guard let item = state.selectedResource else {
          return .disabled(reason: "no resource is selected")
        }
        if item.isTemplate { return .disabled(reason: "a template has to be filled in first") }
        guard let link = state.link, link.isOpen else {
          return .disabled(reason: state.notConnected)
        }
        return link.facts?.capabilities["resources"]?["subscribe"]?.bool == true
          ? .enabled : .disabled(reason: "the server does not tell of changes to resources")
      },
      run: { state in
        guard let item = state.selectedResource, let link = state.link else { return [] }
        let isOn = link.watched[item.uri] == nil
        return [.subscribe(link.id, uri: item.uri, isOn: isOn)]
      }),
    LinkCommands.reconnect("resources.reconnect", scope: .resources),
  ]

  private static func read(_ state: inout ConsoleState) -> [Effect] {
    guard let item = state.selectedResource, let link = state.screen.link else { return [] }
    guard item.isTemplate else {
      if state.links[link]?.watched[item.uri] != nil {
        state.links[link]?.watched[item.uri] = .quiet
      }
      return state.call(link, .resource(uri: item.uri))
    }
    return state.openForm(
      Screen(.templateForm, link: link, subject: item.uri), schema: TemplateForm.schema(item.uri))
  }
}
