import EventLoop
package import HTTP
package import HTTPCore
import SafeText

/// The facts of one HTTP request and its answer. Secrets are masked where they are read, which most never are:
/// masking costs more than the rest of a small call.
package struct HTTPExchangeFacts: Sendable, Hashable {
  package let verb: String
  package let requestBytes: Int
  private let target: WebURL
  private let requestFields: HTTPFields
  private let head: HTTPResponseHead?
  /// Timings, peer, proxy, protocol, sizes on the wire.
  package let facts: HTTPFacts
  private let error: HTTPError?

  package init(
    verb: String, url: WebURL, requestHeaders: HTTPFields, requestBytes: Int,
    head: HTTPResponseHead?, facts: HTTPFacts, failure: HTTPError?
  ) {
    self.verb = verb
    target = url
    requestFields = requestHeaders
    self.requestBytes = requestBytes
    self.head = head
    self.facts = facts
    error = failure
  }

  package var url: String { Redaction.url("\(target)") }
  package var requestHeaders: HTTPFields { requestFields.masked }
  /// The same with nothing masked, for a person who asks to see it.
  package var revealed: (url: String, requestHeaders: HTTPFields, responseHeaders: HTTPFields) {
    ("\(target)", requestFields, head?.fields ?? [:])
  }
  /// Nil where no answer began.
  package var status: Int? { head?.status }
  package var responseHeaders: HTTPFields { head?.fields.masked ?? [:] }
  /// Why it broke, as one sentence.
  package var failure: String? { error?.sentence }

  @LoopActor
  init(_ exchange: HTTPExchange, head: HTTPResponseHead?, failure: HTTPError?) {
    let request = exchange.request
    self.init(
      verb: request.method, url: request.url, requestHeaders: request.fields,
      requestBytes: request.body.count, head: head, facts: failure?.facts ?? exchange.facts,
      failure: failure)
  }
}

extension HTTPFields {
  /// The fields fit for a log. A session id is a credential too.
  fileprivate var masked: HTTPFields {
    HTTPFields(
      lines.map { line in
        let isSession = line.name.equalsIgnoringASCIICase("Mcp-Session-Id")
        let value = isSession ? Secret.mask : Redaction.header(line.name, line.value)
        return HTTPField(line.name, value)
      })
  }
}
