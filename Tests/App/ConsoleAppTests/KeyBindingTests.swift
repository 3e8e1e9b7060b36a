import Settings
import TerminalCore
import Testing
import Widgets

@testable import ConsoleApp

private func bindings(_ text: String) -> KeyBindings {
  KeyBindings(WindowSettings(Array(text.utf8)))
}

struct KeyBindingTests {
  @Test func `a key of one's own is what counts, and footer, help and palette say it`() {
    var state = Sample.connected(80, 24)
    state.keymap =
      bindings(
        """
        [keys]
        list.sort = "S"
        "palette.open.anywhere" = ["Ctrl-K", "Alt-x"]
        view.refresh = ""
        """
      ).keymap
    Sample.press("s", &state)
    #expect(state.overlay == nil)
    let shown = ScreenText.shown(ConsoleView.draw(Sample.after("? sort", state)))
    #expect(shown.contains("S               Sort the list"))
    #expect(Footer(state).commands.contains { $0.id == "list.sort" })
    #expect(!Footer(state).commands.contains { $0.id == "view.refresh" })
    Sample.press("S", &state)
    #expect(state.overlay?.scope == .picking)
    Sample.press("Esc Alt-x", &state)
    #expect(state.overlay?.scope == .palette)
    Sample.press("Esc", &state)
    // Without a key it is still found by its name.
    #expect(Keymap.active(in: state).contains { $0.id == "view.refresh" })
    let found = PaletteState(state)
    #expect(found.shown.contains { $0.title == "Ask again for what is shown" && $0.note.isEmpty })
  }

  private func check(_ text: String, _ problems: [String], keeps id: String? = nil) {
    let bindings = bindings(text)
    #expect(bindings.problems == problems, "\(text)")
    if let id { #expect(bindings.keymap.bindings[id] == nil) }
  }

  @Test func `what cannot be is a sentence, and leaves the key as it was`() {
    check("[keys]\nlist.sort = \"S\"\n", [])
    check(
      "[keys]\nlist.srot = \"S\"\n",
      ["settings.toml, line 2: there is no command list.srot; docs/KEYS.md names them"])
    check(
      "[keys]\n\nlist.sort = \"Hyper-S\"\n",
      ["settings.toml, line 3: list.sort: no key is called Hyper-S"], keeps: "list.sort")
    check(
      "[keys]\nlist.sort = \"x\"\n",
      [
        "settings.toml, line 2: list.sort: x is auth.cancel (Cancel the sign-in that runs) already; s stays"
      ], keeps: "list.sort")
    check(
      "[keys]\nform.send = \"s\"\n",
      ["settings.toml, line 2: form.send: text is typed there, so s is no key"], keeps: "form.send")
    check(
      "[keys]\nlist.sort = \"T\"\nlist.rules = \"T\"\n",
      [
        "settings.toml, line 3: list.rules: T is keys.rotate (Put a new key in its place) already; f stays",
        "settings.toml, line 2: list.sort: T is keys.rotate (Put a new key in its place) already; s stays",
      ], keeps: "list.sort")
    // Two that change places are no conflict.
    check("[keys]\nlist.sort = \"f\"\nlist.rules = \"s\"\naudit.filters = \"s\"\n", [])
  }

  @Test func `no bindings from a file let one key mean two things`() {
    for key in ["j", "q", "Enter", "Esc", "S", "Ctrl-S", "1", "m", "Tab"] {
      for command in Keymap.commands {
        var settings = WindowSettings()
        settings.bindings = [.init(command: command.id, keys: [key], line: 1)]
        let keymap = KeyBindings(settings).keymap
        guard keymap.bindings[command.id] != nil else { continue }
        for other in Keymap.commands where other.id != command.id {
          let isBoth =
            other.keys.contains { $0.description == key } && command.keys != other.keys
            && Set(command.keys).isDisjoint(with: other.keys)
          #expect(
            !isBoth || !command.scope.meets(other.scope), "\(key): \(command.id) \(other.id)")
        }
      }
    }
  }

  @Test func `who moves by arrows has the letters for nothing else`() {
    var state = Sample.state(80, 24)
    state.keymap = bindings("[window]\nkeymap = \"arrows-only\"\n").keymap
    Sample.press("j", &state)
    #expect(state.list.selected.cursor == 0)
    Sample.press("Down Down", &state)
    #expect(state.list.selected.cursor == 2)
    Sample.press("/ jj", &state)
    #expect(state.list.filter.text == "jj")
  }

  @Test func `the wishes of the window are read, and odd ones told`() {
    let settings = WindowSettings(
      Array(
        """
        [window]
        theme = "nord"
        read-only = true
        mouse = 1
        chrome = "small"
        colour = "red"
        [keyz]
        a = 1
        [keys]
        list.sort = 3
        """.utf8))
    #expect(settings.theme == "nord" && settings.isReadOnly && !settings.isMouseOn)
    #expect(
      settings.problems == [
        "settings.toml, line 4: mouse takes true or false",
        "settings.toml, line 5: chrome takes \"min\" or \"full\"",
        "settings.toml, line 6: window has no colour; there are chrome, keymap, mouse, prod, read-only, theme",
        "settings.toml, line 7: there is no table keyz; there are window and keys",
        "settings.toml, line 10: list.sort takes the name of a key, or several in brackets",
      ])
    let broken = WindowSettings(Array("[window\n".utf8))
    #expect(broken.problems.count == 1 && broken.problems[0].hasPrefix("settings.toml, line 1"))
  }
}
