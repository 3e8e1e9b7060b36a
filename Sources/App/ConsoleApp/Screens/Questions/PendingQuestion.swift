import JSON
import MCPProtocol
import Operations

/// Something a server wants to know of the person; it waits until it is answered or withdrawn.
struct PendingQuestion: Sendable, Hashable {
  let link: Link.ID
  let id: Int
  let request: InputRequest
  let at: Int64

  var screen: Screen { Screen(.question, link: link, subject: "question \(id)") }

  /// What is asked, in the server's words.
  var message: String {
    switch request.kind {
    case .elicitation(let question):
      question.value?.message ?? question.raw["message"]?.string ?? "(no message)"
    case .sampling(let wish): Self.words(of: wish)
    case .roots: "It wants to know which folders it may use."
    case .unknown: "It asks by a method that is unknown here: \(request.method)"
    }
  }

  /// The address to open, where that is what is asked.
  var address: String? {
    guard case .elicitation(let question) = request.kind,
      question.value?.effectiveMode == .url
    else { return nil }
    return question.value?.url
  }

  /// What is to be filled in.
  var schema: JSON {
    switch request.kind {
    case .elicitation(let question):
      if address != nil { return ["type": "object"] }
      return question.value?.requestedSchema ?? ["type": "object"]
    case .sampling:
      return [
        "type": "object", "required": ["text"],
        "properties": [
          "text": [
            "type": "string", "minLength": 1,
            "description": "What the model would have written; you write in its place",
          ]
        ],
      ]
    case .roots:
      return [
        "type": "object",
        "properties": [
          "roots": [
            "type": "array", "items": ["type": "string", "minLength": 1],
            "description": "Folders it may use, as paths or file:// URIs; none is an answer too",
          ]
        ],
      ]
    case .unknown: return ["type": "object"]
    }
  }

  private static func words(of wish: Decoded<SamplingRequest>) -> String {
    let system = wish.raw["systemPrompt"]?.string.map { ["system: \($0)"] } ?? []
    let messages = wish.raw["messages"]?.array ?? []
    let lines = messages.map { message in
      let parts = message["content"]?.array ?? [message["content"] ?? .null]
      let text = parts.map { $0["text"]?.string ?? $0.compact }.joined(separator: "\n")
      return "\(message["role"]?.string ?? "?"): \(text)"
    }
    return (["It wants a model to answer; you may, in its place."] + system + lines)
      .joined(separator: "\n")
  }

  /// The answer that a filled form makes.
  func answer(_ value: JSON) -> InputAnswer {
    switch request.kind {
    case .elicitation: .elicitation(.accept(address == nil ? value.object : nil))
    case .sampling: .sampling(SamplingAnswer(text: value["text"]?.string ?? "", model: "human"))
    case .roots: .roots((value["roots"]?.array ?? []).compactMap(\.string).map(Self.root))
    case .unknown: .refused(code: -32601, message: "the method is unknown")
    }
  }

  /// A path becomes the URI of a file; its last part names it.
  private static func root(_ text: String) -> Root {
    let plain = "-._~/:@!$&'()*+,;="
    let isURI = text.contains("://")
    let encoded = text.utf8.map { byte -> String in
      let scalar = Unicode.Scalar(byte)
      let isKept =
        byte < 0x80
        && (scalar.properties.isAlphabetic || 0x30...0x39 ~= byte
          || plain.unicodeScalars.contains(scalar))
      let digits = String(byte, radix: 16, uppercase: true)
      return isKept ? String(scalar) : "%" + (digits.count < 2 ? "0" : "") + digits
    }
    let name = text.split(separator: "/").last.map(String.init)
    return Root(uri: isURI ? text : "file://" + encoded.joined(), name: name)
  }

  /// What the form begins with.
  func draft(folder: String) -> JSON {
    guard case .roots = request.kind, !folder.isEmpty else { return .object([:]) }
    return ["roots": [.string(folder)]]
  }

  var refusal: InputAnswer {
    if case .elicitation = request.kind { return .elicitation(.decline) }
    return .refused(code: -1, message: "the user declined")
  }
}

/// What was typed for a question that went away unanswered, for the next time that it is asked.
struct LostAnswer: Sendable, Hashable {
  let server: String
  let message: String
  let schema: JSON
  let value: JSON

  static let most = 20
}

extension ConsoleState {
  /// Nothing that was typed goes with a server that dies while it asks.
  mutating func keepAnswer(to question: PendingQuestion) {
    guard let form = forms[question.screen], form.isUnsent else { return }
    let answer = LostAnswer(
      server: name(of: question.link), message: question.message, schema: question.schema,
      value: FormSecrets.without(form))
    lostAnswers = lostAnswers.suffix(LostAnswer.most - 1) + [answer]
  }

  mutating func takeLostAnswer(to question: PendingQuestion) -> JSON? {
    let server = name(of: question.link)
    let place = lostAnswers.lastIndex {
      $0.server == server && $0.message == question.message && $0.schema == question.schema
    }
    return place.map { lostAnswers.remove(at: $0).value }
  }
}
