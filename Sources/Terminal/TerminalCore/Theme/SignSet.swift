package import SafeText

/// The signs that the window itself draws: frames, marks, arrows. Never emoji, never a private font.
package enum Sign: String, Sendable, Hashable, CaseIterable {
  case horizontal, vertical
  case topLeft = "top-left"
  case topRight = "top-right"
  case bottomLeft = "bottom-left"
  case bottomRight = "bottom-right"
  case teeLeft = "tee-left"
  case teeRight = "tee-right"
  case selected, ellipsis, crumb, unfolded, folded
  case scrollThumb = "scroll-thumb"
  case scrollTrack = "scroll-track"
  case on, off, request, result, mark, note
  case enter

  fileprivate var unicode: String {
    switch self {
    case .horizontal: "─"
    case .vertical: "│"
    case .topLeft: "╭"
    case .topRight: "╮"
    case .bottomLeft: "╰"
    case .bottomRight: "╯"
    case .teeLeft: "├"
    case .teeRight: "┤"
    case .selected: "▌"
    case .ellipsis: "…"
    case .crumb: "›"
    case .unfolded: "▾"
    case .folded: "▸"
    case .scrollThumb: "█"
    case .scrollTrack: "│"
    case .on: "●"
    case .off: "○"
    case .request: "→"
    case .result: "←"
    case .mark: "*"
    case .note: "¶"
    case .enter: "⏎"
    }
  }

  fileprivate var ascii: String {
    switch self {
    case .horizontal: "-"
    case .vertical, .scrollTrack: "|"
    case .topLeft, .topRight, .bottomLeft, .bottomRight, .teeLeft, .teeRight: "+"
    case .selected, .crumb: ">"
    case .ellipsis: "~"
    case .unfolded: "v"
    case .folded: ">"
    case .scrollThumb: "#"
    case .on: "*"
    case .off: "o"
    case .request: "->"
    case .result: "<-"
    case .mark: "*"
    case .note: "m"
    case .enter: "Enter"
    }
  }
}

/// The signs of a theme: one of two sets, single ones overridden.
package struct SignSet: Sendable, Hashable {
  package var isASCII = false
  package var overrides: [Sign: String] = [:]

  package init(isASCII: Bool = false) { self.isASCII = isASCII }

  package subscript(sign: Sign) -> String {
    if let own = overrides[sign], !isASCII || own.utf8.allSatisfy({ $0 < 0x80 }) { return own }
    return isASCII ? sign.ascii : sign.unicode
  }

  /// Foreign text in the characters that this set allows.
  package func safe(
    _ raw: String, _ layout: SafeText.Options.Layout = .line, limit: Int? = nil
  ) -> SafeText {
    var text = raw
    // Of a longer text no more is looked at than is shown, and the sign that there is more.
    if let limit, raw.utf8.count > limit { text = String(raw.unicodeScalars.prefix(limit + 1)) }
    return SafeText(text, SafeText.Options(layout: layout, ascii: isASCII, limit: limit))
  }
}
