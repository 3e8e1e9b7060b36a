extension Theme {
  /// The default theme, for a program that finds no theme files: the text of `themes/default-dark.theme`, held equal by a test.
  package static let builtInText = #"""
    # The theme for dark backgrounds. The format is described in docs/THEMES.md.

    [meta]
    name = default-dark
    base = dark

    [palette]
    ink = #d8dee9 / 253 / white
    mist = #9aa5b5 / 248 / white
    fog = #6c7686 / 243 / bright-black
    sea = #5fafd7 / 74 / bright-cyan
    moss = #87c48a / 114 / bright-green
    sand = #e5c07b / 180 / bright-yellow
    coral = #ff7b72 / 210 / bright-red
    plum = #c79bf0 / 177 / bright-magenta
    night = #2b3a4a / 237 / blue
    dusk = #262b33 / 235 / black
    paper = #10141a / 233 / black

    [style]
    text = ink
    dim = mist
    title = ink bold
    border = fog
    border.focus = sea
    selection = default on night bold
    selection.unfocused = default on dusk
    key = sea bold
    hint = mist
    header = ink on dusk
    crumb = mist on dusk
    crumb.active = ink on dusk bold
    tab = mist
    tab.active = sea bold underline
    prompt = sand bold
    match = paper on sand
    cursor = default reverse
    scrollbar = fog
    error = coral bold
    badge.ro = moss
    badge.net = sea
    badge.write = sand
    badge.destructive = coral bold reverse
    badge.hidden = plum bold reverse
    state.ok = moss
    state.run = sea
    state.warn = sand
    state.error = coral bold
    state.off = mist
    method.req = sea
    method.res = moss
    method.ntf = plum
    method.err = coral bold
    json.key = sea
    json.string = moss
    json.number = sand
    json.bool = plum
    json.null = plum dim
    json.punct = mist
    diff.add = moss bold
    diff.del = coral
    diff.hunk = sea bold
    scope.granted = moss
    scope.missing = coral bold
    scope.unused = mist
    level.debug = mist
    level.info = sea
    level.warn = sand
    level.error = coral bold
    secret = plum
    link = sea underline
    toast.info = sea
    toast.warn = sand bold
    toast.error = coral bold

    [style.mono]
    title = bold
    border.focus = bold
    selection = reverse
    selection.unfocused = underline
    key = bold
    header = reverse
    crumb = reverse
    crumb.active = reverse bold
    tab.active = reverse bold
    prompt = bold
    match = underline bold
    cursor = reverse
    error = bold underline
    badge.write = bold
    badge.destructive = reverse bold
    badge.hidden = reverse bold
    state.warn = bold
    state.error = bold underline
    method.err = bold underline
    diff.add = bold
    diff.del = underline
    diff.hunk = reverse
    scope.missing = bold underline
    level.warn = bold
    level.error = bold underline
    link = underline
    toast.warn = bold
    toast.error = bold underline

    [glyphs]
    set = unicode

    """#

  package static let builtIn = ThemeParser.parse(builtInText, name: "default-dark").theme
}
