import EventLoop
import JSON
import TerminalCore
import Testing
import Widgets

@testable import ConsoleApp
@testable import Operations

/// A form of one field of every kind.
private let schema: JSON = [
  "type": "object", "required": ["q"],
  "properties": [
    "q": ["type": "string", "minLength": 2],
    "count": ["type": "integer", "maximum": 9],
    "ratio": ["type": "number"],
    "flag": ["type": "boolean"],
    "kind": ["enum": ["file", 7, "any"]],
    "note": ["type": ["string", "null"]],
    "tags": ["type": "array", "items": ["type": "string"]],
    "colors": ["type": "array", "items": ["enum": ["red", "blue"]]],
    "where": [
      "oneOf": [
        [
          "title": "ByGlob", "type": "object", "required": ["glob"],
          "properties": ["glob": ["type": "string"], "deep": ["type": "boolean"]],
        ],
        [
          "title": "ByOwner", "type": "object", "required": ["owner"],
          "properties": ["owner": ["type": "string"], "deep": ["type": "boolean"]],
        ],
      ]
    ],
    "people": [
      "type": "array",
      "items": [
        "type": "object", "required": ["name"],
        "properties": ["name": ["type": "string"], "kind": ["const": "person"]],
      ],
    ],
    "more": ["type": "object", "additionalProperties": ["type": "string"]],
    "token": ["type": "string", "format": "password"],
    "any": true,
    "tree": ["$ref": "#/$defs/tree"],
  ],
  "$defs": [
    "tree": ["type": "object", "properties": ["next": ["$ref": "#/$defs/tree"]]]
  ],
]

private func form(_ keys: String) -> ConsoleState {
  let tool: JSON = ["name": "t", "inputSchema": schema]
  return Sample.connected(80, 40, tools: [tool], keys: "Enter \(keys)")
}

/// Keys that lead to a field of the schema.
private func to(_ field: String, _ keys: String) -> String {
  let state = form("")
  let line = state.form?.rows.firstIndex { $0.label == field && $0.option == nil } ?? 0
  return String(repeating: "Tab ", count: line) + keys
}

struct FormTests {
  @Test func `what breaks a format is told before it is sent`() {
    for (format, wrong, right) in [
      ("email", "nobody", "a@b.test"), ("date", "2024-13-01", "2024-12-01"),
      ("uri", "no address", "https://h.test/"),
      ("uuid", "12", "2eb8aa08-aa98-11ea-b4aa-73b441d16380"),
    ] {
      let tool: JSON = [
        "name": "t",
        "inputSchema": [
          "type": "object", "properties": ["f": ["type": "string", "format": .string(format)]],
        ],
      ]
      var state = Sample.connected(80, 24, tools: [tool], keys: "Enter")
      _ = Reducer.reduce(&state, .input(.paste(wrong)))
      _ = Sample.press("Ctrl-S", &state)
      #expect(state.screen.id == .form, "\(format)")
      _ = Sample.press("Ctrl-U", &state)
      _ = Reducer.reduce(&state, .input(.paste(right)))
      _ = Sample.press("Ctrl-S", &state)
      #expect(state.screen.id == .result, "\(format)")
    }
  }

  @Test func `the focused row stays in view when the terminal gets smaller`() {
    var state = form("Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab")
    let label = state.form?.current?.label ?? "none"
    _ = Reducer.reduce(&state, .resized(Size(width: 80, height: 14)))
    #expect(label != "none" && ScreenText.shown(ConsoleView.draw(state)).contains(label))
    let isInView = state.form.map {
      $0.selected.visible(height: $0.height).contains($0.selected.cursor)
    }
    #expect(isInView == true)
  }

  @Test func `every kind of field is filled in by keys`() {
    let rows: [(String, String, JSON)] = [
      ("q", "hello", ["q": "hello"]),
      ("count", "12", ["count": 12]),
      ("ratio", "1e400", ["ratio": .number(JSONNumber(text: "1e400") ?? JSONNumber(0))]),
      ("count", "x", ["count": "x"]),
      ("flag", "Space", ["flag": true]),
      ("flag", "Space Space", ["flag": false]),
      ("kind", "Space Space", ["kind": 7]),
      ("kind", "Left", ["kind": "any"]),
      ("note", "Ctrl-X", ["note": ""]),
      ("note", "Ctrl-X Ctrl-X", ["note": .null]),
      ("note", "Ctrl-X Ctrl-X Ctrl-X", [:]),
      ("q", "ab Backspace Backspace", [:]),
      ("tags", "a one Up a two", ["tags": ["one", "two"]]),
      ("tags", "a x Up a y Ctrl-X", ["tags": ["x", ""]]),
      ("colors", "j Space j Space k Space", ["colors": ["blue"]]),
      ("where", "Space", ["where": [:]]),
      ("where", "Space Tab g", ["where": ["glob": "g"]]),
      ("where", "Space Space Tab me", ["where": ["owner": "me"]]),
      ("people", "a Tab Bo", ["people": [["name": "Bo"]]]),
      ("people", "a k a", ["people": [[:], [:]]]),
      ("any", "[1,2]", ["any": [1, 2]]),
      ("any", "plain", ["any": "plain"]),
      ("tree", "Space Tab Space Tab Space", ["tree": ["next": ["next": [:]]]]),
      ("more", "Space a key Enter v", ["more": ["key": "v"]]),
    ]
    for (field, keys, expected) in rows {
      #expect(form(to(field, keys)).form?.value == expected, "\(field) \(keys)")
    }
  }

  @Test func `changes are taken back one by one, and what was typed into a field is one`() {
    var state = form("hello Tab 12 Tab Tab Space Space")
    #expect(state.form?.value == ["q": "hello", "count": 12, "flag": false])
    let before: [JSON] = [
      ["q": "hello", "count": 12, "flag": true], ["q": "hello", "count": 12], ["q": "hello"], [:],
    ]
    for (index, value) in before.enumerated() {
      _ = Sample.press(index < 2 ? "u" : "Alt-u", &state)
      #expect(state.form?.value == value, "\(index)")
    }
    _ = Sample.press("Alt-u", &state)
    #expect(state.status?.text.hasSuffix("nothing was changed here yet") == true)
    state = form(to("tags", "a one Up a two Up K"))
    _ = Sample.press("Ctrl-O", &state)
    _ = Reducer.reduce(&state, .edited(.form(state.screen), "{}"))
    #expect(state.form?.value == [:])
    _ = Sample.press("Alt-u", &state)
    #expect(state.form?.value["tags"]?.array?.count == 2)
    #expect(state.form?.source?.area.text.contains("one") == true)
    state = form(to("where", "Space Tab g Up Space"))
    _ = Sample.press("u", &state)
    #expect(state.form?.value == ["where": ["glob": "g"]])
  }

  @Test func `what is filled in survives another alternative and the way back`() {
    let there = "Space Tab g Tab Space Up Up"
    var state = form(to("where", there))
    #expect(state.form?.value == ["where": ["glob": "g", "deep": true]])
    _ = Sample.press("Space", &state)
    #expect(state.form?.value == ["where": ["deep": true]])
    _ = Sample.press("Space", &state)
    #expect(state.form?.value == ["where": ["glob": "g", "deep": true]])
  }

  @Test func `entries of a list are moved and taken out`() {
    var state = form(to("colors", ""))
    state = form(to("people", "a k a k"))
    #expect(state.form?.value["people"]?.array?.count == 2)
    var list = form(to("tags", "a one Up a two"))
    #expect(list.form?.value == ["tags": ["one", "two"]])
    list.form?.shiftCurrent(by: -1)
    #expect(list.form?.value == ["tags": ["two", "one"]])
    list.form?.removeCurrent()
    #expect(list.form?.value == ["tags": ["one"]])
  }

  @Test func `what is wrong is said at its field, what is missing only once it was left out`() {
    var state = form(to("count", "12"))
    let row = state.form?.current
    #expect(row.flatMap { state.form?.problem(of: $0) }?.contains("9") == true)
    let first = state.form?.rows.first
    #expect(first.flatMap { state.form?.problem(of: $0) } == nil)
    #expect(!Sample.press("Ctrl-S", &state).contains { if case .call = $0 { true } else { false } })
    #expect(state.status?.text.hasPrefix("not sent: ") == true)
    #expect(state.form?.current?.label == "q")
    #expect(first.flatMap { state.form?.problem(of: $0) } != nil)
  }

  @Test func `a form is sent as its JSON says and kept for the next time`() {
    var state = form("hello")
    let effects = Sample.press("Ctrl-S", &state)
    #expect(
      effects.contains(.call(1, 1, .tool("t", arguments: ["q": "hello"], schema: schema))))
    #expect(state.screen == Screen(.result, link: 1, subject: "#1"))
    _ = Sample.press("Esc Esc", &state)
    #expect(state.screen.id == .tools)
    _ = Sample.press("Enter", &state)
    #expect(state.form?.value == ["q": "hello"])
    _ = Sample.press("Backspace Alt-Up", &state)
    #expect(state.form?.value == ["q": "hello"])
  }

  @Test func `a paste goes in whole, line breaks included`() {
    var state = form("")
    _ = Reducer.reduce(&state, .input(.paste("one\ntwo\tq")))
    #expect(state.form?.value == ["q": "one\ntwo\tq"])
    let large = String(repeating: "x", count: 1 << 19)
    _ = Reducer.reduce(&state, .input(.paste(large)))
    #expect(state.form?.value["q"]?.string?.utf8.count == (1 << 19) + 9)
  }

  @Test func `lines that are pasted into a list of texts become its entries`() {
    let rows: [(field: String, keys: String, paste: String, value: JSON)] = [
      ("tags", "", "one\ntwo\n", ["tags": ["one", "two"]]),
      ("tags", "", "one", ["tags": ["one"]]),
      ("tags", "a", "one\ntwo", ["tags": ["one", "two"]]),
      ("tags", "a x", "one\ntwo", ["tags": ["x", "one", "two"]]),
      ("tags", "a x", "y", ["tags": ["xy"]]),
      ("people", "", "one\ntwo", [:]),
    ]
    for (field, keys, paste, value) in rows {
      var state = form(to(field, keys))
      _ = Reducer.reduce(&state, .input(.paste(paste)))
      #expect(state.form?.value == value, "\(field) \(keys) \(paste)")
    }
  }

  @Test func `a flag that may be left out is unset again by the same key`() {
    let values = ["Space", "Space Space", "Space Space Space", "Left", "Left Left Left"].map {
      form(to("flag", $0)).form?.value["flag"]
    }
    #expect(values == [true, false, nil, false, nil])
  }

  @Test func `what is wrong with a chosen alternative is said at its own fields`() {
    var state = form("ok \(to("where", "Space"))")
    #expect(
      Sample.press("Ctrl-S", &state).contains { if case .call = $0 { true } else { false } }
        == false)
    #expect(state.form?.current?.label == "glob")
    #expect(
      state.form?.current.flatMap { state.form?.problem(of: $0) }?.contains("missing") == true)
    _ = Sample.press("g Ctrl-S", &state)
    #expect(state.screen.id == .result)
  }

  @Test func `choices that fit into the row are seen before one is taken`() {
    let shown = ScreenText.shown(ConsoleView.draw(form("")))
    #expect(shown.contains("( ) file ( ) 7 ( ) any"))
  }

  @Test func `Esc and a key in one read are two keys`() {
    var state = Sample.connected(80, 24, keys: "y")
    _ = Reducer.reduce(&state, .input(.key(Key(.character("p"), [.alt, .control]))))
    #expect(state.overlay.map { if case .palette = $0 { true } else { false } } == true)
  }

  @Test @LoopActor
  func `a secret is named and not written, from the environment or a sign-in`() async throws {
    let variables = ["KEY": "k", "token:prod": "t"]
    let schema: JSON = ["properties": ["p": ["type": "string", "format": "password"]]]
    @LoopActor func filled(_ text: String) async throws -> JSON? {
      let order = CallRecord.Order.tool("t", arguments: ["p": .string(text)], schema: schema)
      guard case .tool(_, let sent, _) = try await SecretReferences.fill(order, { variables[$0] }).0
      else {
        return nil
      }
      return sent?["p"]
    }
    #expect(try await filled("$KEY") == "k")
    #expect(try await filled("${KEY}") == "k")
    #expect(try await filled("$token:prod") == "t")
    #expect(try await filled("plain") == "plain")
    await #expect(throws: OperationFailure.self) { _ = try await filled("$token:nobody") }
    await #expect(throws: OperationFailure.self) { _ = try await filled("$NOTHING") }
  }

  @Test func `the history keeps arguments as they are, and masks a secret`() async throws {
    let schema: JSON = [
      "properties": ["p": ["type": "string", "format": "password"], "q": ["type": "string"]]
    ]
    let kept = try await SecretReferences.fill(
      .tool("t", arguments: ["q": "a"], schema: schema), { _ in nil }
    ).kept
    #expect(kept == Optional<JSON>.none)
    let masked = try await SecretReferences.fill(
      .tool("t", arguments: ["p": "s3cret", "q": "a"], schema: schema), { _ in nil }
    ).kept
    #expect(masked == ["p": "••••", "q": "a"])
  }

  @Test func `dates and numbers beyond all bounds change nothing`() {
    #expect(FormMoment.seconds("now+99999999w", now: 1_800_000_000) == nil)
    #expect(FormMoment.seconds("today-99999d", now: 1_800_000_000) == nil)
    let schema: JSON = [
      "properties": [
        "n": ["type": "number", "multipleOf": 1e300], "d": ["type": "string", "format": "date"],
        "k": ["type": "integer", "default": 10],
      ]
    ]
    let tool: JSON = ["name": "t", "inputSchema": schema]
    let state = Sample.connected(
      80, 24, tools: [tool],
      keys: "Enter 1 Ctrl-N Tab now+99999999w Tab Ctrl-N Ctrl-N")
    #expect(state.form?.value == ["n": 1, "d": "now+99999999w", "k": 11])
  }

  @Test func `a constant is given or left out`() {
    let schema: JSON = ["properties": ["k": ["const": 7], "n": ["type": "null"]]]
    let tool: JSON = ["name": "t", "inputSchema": schema]
    var state = Sample.connected(80, 24, tools: [tool], keys: "Enter Space Tab Space")
    #expect(state.form?.value == ["k": 7, "n": .null])
    _ = Sample.press("Space Shift-Tab Space", &state)
    #expect(state.form?.value == [:])
  }

  @Test func `a secret is shown nowhere until it is asked for`() {
    var state = form(to("token", "hunter2"))
    #expect(!ScreenText.shown(ConsoleView.draw(state)).contains("hunter2"))
    _ = Sample.press("Ctrl-O", &state)
    #expect(!ScreenText.shown(ConsoleView.draw(state)).contains("hunter2"))
    _ = Sample.press("Ctrl-O Ctrl-R", &state)
    #expect(ScreenText.shown(ConsoleView.draw(state)).contains("hunter2"))
  }

  @Test func `a destructive tool is called only by its name`() {
    var state = Sample.connected(80, 24, keys: "j Enter")
    #expect(
      Sample.press("Ctrl-S Enter", &state).allSatisfy { if case .call = $0 { false } else { true } }
    )
    #expect(
      Sample.press("unseal_vault Enter", &state)
        .contains { if case .call = $0 { true } else { false } })
  }

  @Test func `broken and odd schemas still make a form`() {
    let schemas: [JSON] = [
      true, false, .null, 12, "x", [], ["type": "wrong", "properties": 12], ["type": "string"],
      ["oneOf": [["type": "object"], ["type": "array"]]],
      ["type": "array", "items": ["type": "integer"]],
      ["$ref": "#/nowhere"], ["allOf": [["type": "object"], ["type": "string"]]],
      ["type": "object", "properties": ["a": ["$ref": "#"]], "required": ["a"]],
    ]
    for schema in schemas {
      let tool: JSON = ["name": "t", "inputSchema": schema]
      var state = Sample.connected(60, 20, tools: [tool], keys: "Enter")
      _ = Sample.press("Space a x Tab Ctrl-X Space d J Ctrl-O Ctrl-O Ctrl-S Esc", &state)
      _ = ConsoleView.draw(state)
    }
  }
}
