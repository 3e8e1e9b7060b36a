import CNcurses
import TerminalCore
import Testing

@testable import TerminalCurses

/// Curses paints into memory, so that a frame's bytes can be counted without a terminal. There is one screen a process.
@Suite(.serialized) struct FrameTests {
  private func frames(
    _ description: TerminalDescription, _ draw: ((Int32, String) -> Void, () -> String) -> Void
  ) throws {
    _ = acn_locale(1)
    let code = acn_start(description.name, description.definition, 80, 24)
    try #require(Int(code) == ACN_STARTED)
    draw(
      { row, text in
        let glyphs = text.unicodeScalars.map { Glyph($0).rawValue }
        acn_put(row, 0, glyphs, Int32(glyphs.count), 0, -1, -1)
      },
      {
        acn_cursor(0, 0, 0)
        var count = 0
        let bytes = UnsafeBufferPointer(start: acn_render(&count), count: count)
        return String(decoding: bytes, as: UTF8.self)
      })
    var count = 0
    _ = acn_leave(&count)
    acn_stop()
  }

  @Test(arguments: [TerminalDescription.common, .direct, .indexed])
  func `one changed cell is under sixty-four bytes`(description: TerminalDescription) throws {
    try frames(description) { put, render in
      for row in 0..<24 { put(Int32(row), "row \(row) and some more text behind it") }
      #expect(render().utf8.count > 500)
      put(11, "Row 11")
      let change = render()
      #expect(change.utf8.count < 64)
      #expect(change.contains("R"))
      #expect(render().isEmpty)
    }
  }

  @Test func `colours reach every kind of description`() throws {
    try frames(.direct) { _, render in
      acn_put(0, 0, [Glyph("x").rawValue], 1, UInt32(ACN_BOLD), 0x5FAFD7, 200)
      let frame = render()
      #expect(frame.contains("38;2;95;175;215"))
      #expect(frame.contains("48;5;200"))
    }
    try frames(.indexed) { _, render in
      acn_put(0, 0, [Glyph("x").rawValue], 1, 0, 9, -1)
      #expect(render().contains("\u{1B}[91m"))
    }
  }

  @Test func `a terminal without colours is asked for none`() throws {
    try frames(TerminalDescription(name: "vt100")) { _, render in
      #expect(acn_colors() == 0)
      acn_put(0, 0, [Glyph("x").rawValue], 1, UInt32(ACN_REVERSE), 3, 4)
      #expect(render().contains("x"))
    }
  }

  @Test func `wide characters and marks arrive whole`() throws {
    try frames(.common) { _, render in
      let grid = {
        var grid = Grid(size: Size(width: 80, height: 1))
        grid.write("日本e\u{301}x", in: grid.bounds)
        return grid
      }()
      for run in grid.runs(since: nil) {
        acn_put(0, Int32(run.x), run.glyphs.map(\.rawValue), Int32(run.glyphs.count), 0, -1, -1)
      }
      #expect(render().contains("日本e\u{301}x"))
    }
  }

  @Test func `a description that cannot place the cursor is refused`() {
    #expect(Int(acn_start("dumb", nil, 80, 24)) == ACN_INCAPABLE_TERMINAL)
    #expect(Int(acn_start("no-such-terminal", nil, 80, 24)) == ACN_UNKNOWN_TERMINAL)
  }

  @Test func `descriptions are tried in the order that shows most`() {
    let plain = TerminalDescription.candidates(term: "foot", wantsDirect: false)
    #expect(plain.map(\.name) == ["foot", "xterm-256color", "alidade-256color"])
    let direct = TerminalDescription.candidates(term: "xterm", wantsDirect: true)
    #expect(direct.first == .direct)
    #expect(!TerminalDescription.direct.isStandIn(for: "xterm"))
    #expect(TerminalDescription.common.isStandIn(for: "foot"))
  }

  @Test func `the environment says whether characters are UTF-8`() {
    let rows: [([String: String], Bool)] = [
      ([:], false), (["LANG": "C.UTF-8"], true), (["LANG": "de_DE.utf8"], true),
      (["LC_ALL": "C", "LANG": "C.UTF-8"], false),
      (["LC_ALL": "", "LC_CTYPE": "en_US.UTF-8"], true),
    ]
    for (environment, expected) in rows { #expect(Locale.namesUTF8(environment) == expected) }
  }
}
