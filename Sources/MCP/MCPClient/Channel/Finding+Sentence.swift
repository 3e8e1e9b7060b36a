import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Transports

/// Findings in words. Words of the peer in them are foreign text.
extension Finding: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformedMessage(let issues, let raw):
      "a message is malformed: " + issues.map(\.description).joined(separator: "; ")
        + ": " + Excerpt.of(raw.compact)
    case .batch(let count):
      "\(count == 1 ? "1 message" : "\(count) messages") came as a batch, which this revision does not have"
    case .noise(let noise): noise.sentence
    case .oddText(let findings):
      "the text of a message is odd: "
        + findings.prefix(3).map(\.description).joined(separator: "; ")
    case .spreadMessage(let lines): "a message was written over \(lines) lines"
    case .unusableSessionID:
      "the session id holds characters that no header may have; it is not used"
    case .foreignEvent(let type):
      "a message came in an event of type \(Excerpt.of(type)), which MCP does not have"
    case .lateResponse(let id): "the answer to call \(id) came after it was given up"
    case .duplicateResponse(let id): "call \(id) was answered twice"
    case .unknownResponse(let id):
      "an answer came to \(id.map { "\($0)" } ?? "no id"), which was not asked"
    case .wrongID(let sent, let got):
      "call \(sent) was answered under the id \(got.map { "\($0)" } ?? "null")"
    case .errorWithoutCall(let error): "the server reports an error to no call: \(error.message)"
    case .acceptedRequest(let method): "\(method) was only taken note of (HTTP 202)"
    case .noticeRefused(let method, let status): "\(method) was refused (HTTP \(status))"
    case .unknownNotification(let method): "unknown notification \(method)"
    case .notInEra(let method, let version): "\(method) does not exist in revision \(version)"
    case .unknownProgressToken: "progress was told for no running call"
    case .progressWentBack(let method, let from, let to):
      "the progress of \(method) went from \(from) to \(to)"
    case .undeclared(let method, _): "the server sent \(method), which this client did not declare"
    case .requestFromStatelessServer(let method):
      "the server sent the request \(method), which this revision does not allow"
    case .repeatedRequestID(let id): "the server used the request id \(id) twice at a time"
    case .model(let method, let issues): Self.sentence(method, issues)
    case .repeatedCursor(let method, let cursor):
      "\(method) gave the cursor \"\(cursor)\" twice; the list ends there"
    case .pageLimit(let method, let limit):
      "\(method) has more than \(limit) pages; the rest is left out"
    case .itemLimit(let method, let limit):
      "\(method) has more than \(limit) items; the rest is left out"
    case .emptyPages(let method, let count):
      "\(method) gave \(count) empty pages in a row; the list ends there"
    case .toolRejected(let name, let faults):
      "tool \"\(name)\" cannot be called over HTTP: "
        + faults.map(\.description).joined(separator: "; ")
    case .headersRefused(let tool):
      "the headers of \"\(tool)\" were refused; the tools were listed again"
    case .subscriptionNarrowed: "the server agreed to fewer subscriptions than were asked for"
    case .unknownSubscription: "a message came for an unknown subscription"
    case .serverRestarted(let method, let end):
      "\(end.sentence); it is started again for \(method)"
    case .sessionLost(let method, let status):
      "the session was lost at \(method)\(status == 0 ? "" : " (HTTP \(status))"); a new one was opened"
    case .tooManyCompletions(let count): "\(count) completions came, more than the allowed 100"
    case .initializedRefused(let status):
      "notifications/initialized was refused" + (status.map { " (HTTP \($0))" } ?? "")
    case .taskNotCancelled(let id, let error): "task \(id) could not be cancelled: \(error)"
    case .notRestored(let error): "the new session is not as the lost one was: \(error)"
    }
  }

  private static func sentence(_ method: String, _ issues: [ModelIssue]) -> String {
    let shown = issues.prefix(3).map(\.description).joined(separator: "; ")
    let rest = issues.count > 3 ? " and \(issues.count - 3) more" : ""
    return "\(method): \(shown)\(rest)"
  }
}

extension Noise {
  package var sentence: String {
    let what = lines == 1 ? "\(size) bytes" : "\(lines) lines of a flood (\(size) bytes)"
    return "\(what) were skipped, \(problem)"
  }

  /// Why it is no message, and how it begins.
  var problem: String {
    let why =
      switch reason {
      case .notJSON: "no message"
      case .brokenJSON(let words): "broken JSON (\(words))"
      case .tooLong(let limit): "longer than \(limit) bytes"
      }
    let text = String(decoding: bytes.prefix(Excerpt.limit * 2), as: UTF8.self)
    return "\(why): \(Excerpt.of(text))"
  }
}

/// The beginning of a foreign text, fit for a sentence.
private enum Excerpt {
  static let limit = 120

  static func of(_ text: String) -> String {
    let start = text.prefix(limit)
    let line = start.prefix { !$0.isNewline }
    return "“\(line)”" + (line.endIndex == text.endIndex ? "" : " …")
  }
}
