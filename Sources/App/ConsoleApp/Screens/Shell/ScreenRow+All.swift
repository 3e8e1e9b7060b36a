extension ScreenRow {
  /// Every kind of view, in the order of tabs and documents.
  static let all: [ScreenRow] = [
    servers, server, tools, tool, resources, prompts, calls, wire, audit, auth, doctor, events,
    form,
    templateForm,
    promptForm, result, value, pastCall, diff, message, question,
    auditRow, auditFilters, auditCounts, auditHistogram, replay, authServer, scopeGrid, finding,
    bundle,
    dashboard, approvals,
    keys, mintedKey, consents, faults,
  ]

  /// Those that digits open.
  static let roots: [ScreenRow] = all.filter { $0.digit != nil }
}
