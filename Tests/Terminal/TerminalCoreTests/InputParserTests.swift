import TerminalCore
import Testing

private func check(
  _ bytes: String, gives expected: [TerminalInput], at location: SourceLocation = #_sourceLocation
) {
  var whole = InputParser()
  #expect(whole.feed(Array(bytes.utf8)) == expected, sourceLocation: location)
  for cut in 0...bytes.utf8.count {
    var parser = InputParser()
    let head = parser.feed(Array(bytes.utf8.prefix(cut)))
    let tail = parser.feed(Array(bytes.utf8.dropFirst(cut)))
    #expect(head + tail == expected, "cut at \(cut)", sourceLocation: location)
  }
}

private func key(_ name: String) -> TerminalInput { .key(Key(named: name) ?? Key(.function(99))) }

struct InputParserTests {
  @Test func `keys arrive however a terminal spells them`() {
    let rows: [(String, String)] = [
      ("a", "a"), ("A", "A"), (" ", "Space"), ("\r", "Enter"), ("\t", "Tab"),
      ("\u{7F}", "Backspace"),
      ("\u{8}", "Backspace"), ("\u{C}", "Ctrl-L"), ("\u{1A}", "Ctrl-Z"), ("\0", "Ctrl-Space"),
      ("\n", "Ctrl-J"), ("\u{1B}[A", "Up"), ("\u{1B}OA", "Up"), ("\u{1B}[B", "Down"),
      ("\u{1B}OC", "Right"), ("\u{1B}[D", "Left"), ("\u{1B}[H", "Home"), ("\u{1B}OF", "End"),
      ("\u{1B}[1~", "Home"), ("\u{1B}[4~", "End"), ("\u{1B}[5~", "PgUp"), ("\u{1B}[6~", "PgDn"),
      ("\u{1B}[2~", "Ins"), ("\u{1B}[3~", "Del"), ("\u{1B}OP", "F1"), ("\u{1B}[12~", "F2"),
      ("\u{1B}[[C", "F3"), ("\u{1B}[24~", "F12"), ("\u{1B}[1;5C", "Ctrl-Right"),
      ("\u{1B}[1;3D", "Alt-Left"), ("\u{1B}[1;2A", "Shift-Up"), ("\u{1B}[3;5~", "Ctrl-Del"),
      ("\u{1B}[Z", "Shift-Tab"), ("\u{1B}j", "Alt-j"), ("\u{1B}\r", "Alt-Enter"),
      ("\u{1B}OM", "Enter"),
      ("\u{1B}Oq", "1"), ("\u{1B}[27;5;13~", "Ctrl-Enter"), ("\u{1B}[13;2u", "Shift-Enter"),
      ("\u{1B}[27u", "Esc"), ("\u{1B}[97;5u", "Ctrl-A"), ("é", "é"), ("日", "日"), ("😀", "😀"),
      ("\u{1B}[1;1R", "F3"),
    ]
    for (bytes, name) in rows { check(bytes, gives: [key(name)]) }
  }

  @Test func `unknown sequences are swallowed whole`() {
    let rows = [
      "\u{1B}[?1;2c", "\u{1B}[?2026;2$y", "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\", "\u{1B}]0;x\u{7}",
      "\u{1B}P1$r0m\u{1B}\\", "\u{1B}[>0;276;0c", "\u{1B}[99~", "\u{1B}[1;2;3;4;5X",
      "\u{1B}[57399;1u", "\u{1B}[97;1:3u", "\u{1B}_Gi=1;OK\u{1B}\\", "\u{1B}[M !!",
      "\u{1B}[<0;1M", "\u{1B}[~", "\u{1B}[u",
    ]
    for bytes in rows { check(bytes + "k", gives: [key("k")]) }
  }

  @Test func `a paste arrives whole and is no key`() {
    check("\u{1B}[200~q\rx\r\ny\u{1B}[A\u{1B}[201~j", gives: [.paste("q\nx\ny\u{1B}[A"), key("j")])
    check("\u{1B}[200~\u{1B}[201~", gives: [.paste("")])
  }

  @Test func `mouse and focus are reported`() {
    let rows: [(String, Mouse.Action, Int, Int)] = [
      ("\u{1B}[<0;3;4M", .press(.left), 2, 3), ("\u{1B}[<0;3;4m", .release(.left), 2, 3),
      ("\u{1B}[<2;1;1M", .press(.right), 0, 0), ("\u{1B}[<64;5;5M", .wheel(up: true), 4, 4),
      ("\u{1B}[<65;5;5M", .wheel(up: false), 4, 4), ("\u{1B}[<32;300;200M", .drag(.left), 299, 199),
      ("\u{1B}[<35;1;1M", .move, 0, 0),
    ]
    for (bytes, action, x, y) in rows {
      var parser = InputParser()
      guard case .mouse(let mouse)? = parser.feed(Array(bytes.utf8)).first else {
        Issue.record("no mouse in \(bytes)")
        continue
      }
      #expect(mouse.action == action)
      #expect(mouse.position == Point(x: x, y: y))
    }
    check("\u{1B}[I\u{1B}[O", gives: [.focus(true), .focus(false)])
  }

  @Test func `what waits ends after its time`() {
    let rows: [(String, InputParser.Pending, [TerminalInput])] = [
      ("\u{1B}", .escape, [key("Esc")]), ("\u{1B}[", .sequence, [key("Alt-[")]),
      ("\u{1B}O", .sequence, [key("Alt-O")]), ("\u{1B}[1;", .sequence, []),
      ("\u{1B}[200~abc", .paste, [.paste("abc")]),
      ("\u{E9}".utf8.count == 2 ? "" : "", .nothing, []),
      ("\u{1B}]0;", .sequence, []), ("a", .nothing, []),
    ]
    for (bytes, pending, expected) in rows {
      var parser = InputParser()
      _ = parser.feed(Array(bytes.utf8))
      #expect(parser.pending == pending)
      #expect(parser.expire() == expected)
      #expect(parser.pending == .nothing)
    }
    #expect(InputParser.Pending.escape.milliseconds == 25)
    #expect(InputParser.Pending.nothing.milliseconds == nil)
  }

  @Test func `two escapes are two keys`() {
    var parser = InputParser()
    #expect(parser.feed([0x1B, 0x1B]) == [key("Esc")])
    #expect(parser.expire() == [key("Esc")])
  }

  @Test func `any bytes at all are survived and leave no state behind`() {
    var parser = InputParser()
    var state: UInt64 = 99
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let alphabet: [UInt8] = [
        0x1B, 0x5B, 0x4F, 0x3B, 0x7E, 0x4D, 0x3C, 0x30, 0x39, 0xC3, 0xA9, 0xFF,
      ]
      let byte =
        state >> 60 < 3
        ? UInt8(truncatingIfNeeded: state >> 40)
        : alphabet[Int(state >> 33) % alphabet.count]
      _ = parser.feed([byte])
    }
    _ = parser.expire()
    _ = parser.expire()
    #expect(parser.pending == .nothing)
    #expect(parser.feed(Array("j".utf8)) == [key("j")])
  }

  @Test func `a megabyte is pasted`() {
    var parser = InputParser()
    let text = String(repeating: "0123456789abcde\r", count: 16_384)
    var events = parser.feed(Array("\u{1B}[200~".utf8))
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: 65_536) {
      events += parser.feed(bytes[start..<min(start + 65_536, bytes.count)])
    }
    events += parser.feed(Array("\u{1B}[201~".utf8))
    #expect(events == [.paste(text.replacing("\r", with: "\n"))])
  }

  @Test func `a key's name reads back as the key`() {
    let codes: [Key.Code] = [
      .enter, .tab, .escape, .up, .pageDown, .function(12), .character("-"), .character("x"),
    ]
    for code in codes {
      for bits in UInt8(0)..<8 {
        let key = Key(code, Key.Modifiers(rawValue: bits))
        #expect(Key(named: key.description) == key, "\(key)")
      }
    }
    #expect(Key(named: "Hyper-x") == nil)
    #expect(Key(named: "F99") == nil)
    #expect(Key(named: "") == nil)
  }
}
