import EventLoop
import JSON
import MCPProtocol
import Operations
import SafeText

/// One question of a server, put to the person at the terminal.
@LoopActor
struct Dialog {
  let asker: Asker
  let server: String
  let station: Station

  init(_ asker: Asker, server: String, station: Station) {
    self.asker = asker
    self.server = SafeText(server).text
    self.station = station
  }

  func answer(_ request: InputRequest) async -> InputAnswer {
    switch request.kind {
    case .elicitation(let question): .elicitation(await elicitation(question))
    case .sampling(let wish): await sampling(wish)
    case .roots, .unknown: .unanswered
    }
  }

  // MARK: - Elicitation

  private func elicitation(_ question: Decoded<ElicitationRequest>) async -> ElicitationAnswer {
    guard let request = question.value else {
      asker.say("\(server) asks something that cannot be read:")
      asker.quote(question.raw.pretty)
      return .cancel
    }
    asker.say()
    asker.say("\(server) asks:")
    asker.quote(request.message)
    if request.effectiveMode == .url { return await page(WebPage(request.url ?? "")) }
    return await FormDialog(asker, schema: request.requestedSchema ?? [:]).run()
  }

  private func page(_ page: WebPage) async -> ElicitationAnswer {
    asker.say("It wants you to open this page:")
    asker.say("  \(SafeText(page.address).text)")
    if let host = page.host { asker.say("  The host is \(SafeText(host).text)") }
    for warning in page.warnings { asker.say("  Beware: \(SafeText(warning).text)") }
    let canOpen = page.isOpenable && station.hasBrowser
    let prompt =
      (canOpen ? "[o]pen it in the browser, " : "")
      + "[y]es, I have opened it, [d]ecline, [c]ancel: "
    while let letter = await asker.choice(prompt, ["?", "y", "d", "c"] + (canOpen ? ["o"] : [])) {
      switch letter {
      case "y": return .accept(nil)
      case "d": return .decline
      case "c": return .cancel
      case "o":
        do throws(OperationFailure) {
          try station.open(page)
          return .accept(nil)
        } catch { asker.say("  \(SafeText(error.sentence).text)") }
      default: break
      }
    }
    return .cancel
  }

  // MARK: - Sampling

  /// What the protocol has for a user who refuses.
  private static let rejected = InputAnswer.refused(
    code: -1, message: "User rejected sampling request")

  private func sampling(_ wish: Decoded<SamplingRequest>) async -> InputAnswer {
    asker.say()
    asker.say("\(server) wants a model to write an answer. There is none here: you can write it.")
    if let request = wish.value { tell(request) } else { asker.quote(wish.raw.pretty) }
    guard await asker.choice("[w]rite the answer, [r]efuse: ", ["w", "r"]) == "w" else {
      return Self.rejected
    }
    asker.say("An empty line ends the answer.")
    var lines: [String] = []
    while let line = await asker.line("> "), !line.isEmpty { lines.append(line) }
    guard !lines.isEmpty else { return Self.rejected }
    return .sampling(SamplingAnswer(text: lines.joined(separator: "\n"), model: "human"))
  }

  private func tell(_ request: SamplingRequest) {
    if let system = request.systemPrompt { asker.quote("system: \(system)") }
    for message in request.messages {
      let role = message.value?.role.rawValue ?? "?"
      for block in message.value?.content.blocks ?? [] {
        asker.quote("\(role): \(Self.words(block))")
      }
    }
    var facts = request.maxTokens.map { ["at most \($0) tokens"] } ?? []
    facts += request.modelPreferences?.names.map { "model \($0)" } ?? []
    if !facts.isEmpty { asker.say("  (\(SafeText(facts.joined(separator: ", ")).text))") }
  }

  private static func words(_ block: Decoded<ContentBlock>) -> String {
    if case .text(let text)? = block.value?.kind { return text }
    return "[\(block.raw["type"]?.string ?? "?") \(block.raw["mimeType"]?.string ?? "")]"
  }
}
