extension ScreenRow {
  /// Every kind of view, in the order of tabs and documents.
  static let all: [ScreenRow] = [
    servers, server, tools, tool, resources, prompts, form, templateForm, promptForm, result, value,
  ]

  /// Those that digits open.
  static let roots: [ScreenRow] = all.filter { $0.digit != nil }
}
