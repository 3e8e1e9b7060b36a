import EventLoop
package import HTTP
package import HTTPCore
import SafeText

/// The facts of one HTTP request and its answer, secrets masked.
package struct HTTPExchangeFacts: Sendable, Hashable {
  package let verb: String
  package let url: String
  package let requestHeaders: HTTPFields
  package let requestBytes: Int
  /// Nil where no answer began.
  package let status: Int?
  package let responseHeaders: HTTPFields
  /// Timings, peer, proxy, protocol, sizes on the wire.
  package let facts: HTTPFacts
  /// Why it broke, as one sentence.
  package let failure: String?

  package init(
    verb: String, url: WebURL, requestHeaders: HTTPFields, requestBytes: Int,
    head: HTTPResponseHead?, facts: HTTPFacts, failure: HTTPError?
  ) {
    self.verb = verb
    self.url = Redaction.url("\(url)")
    self.requestHeaders = requestHeaders.masked
    self.requestBytes = requestBytes
    status = head?.status
    responseHeaders = head?.fields.masked ?? [:]
    self.facts = facts
    self.failure = failure?.sentence
  }

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
