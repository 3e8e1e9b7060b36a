/// What was tried, in short, where nothing came of it.
extension [NegotiationEvidence] {
  /// `server/discover and initialize: HTTP 404; event stream: HTTP 405`. Words of the peer in it are foreign text.
  var summary: String {
    var groups: [(questions: [String], answer: String)] = []
    for item in self {
      let answer = item.observation.description
      if groups.last?.answer == answer {
        groups[groups.count - 1].questions.append(item.shortQuestion)
      } else {
        groups.append(([item.shortQuestion], answer))
      }
    }
    return groups.map { "\($0.questions.joined(separator: " and ")): \($0.answer)" }
      .joined(separator: "; ")
  }
}

extension NegotiationEvidence {
  fileprivate var shortQuestion: String {
    switch (question, way) {
    case (.discover, _): "server/discover"
    case (.initialize, .legacyStream): "event stream"
    case (.initialize, _): "initialize"
    }
  }
}
