import EventLoop
import JSON
import JSONRPC
import MCPEras
import MCPProtocol

/// Thrown through a handler to end this round with questions; the call comes again with their answers.
struct InputNeeded: Error {
  let questions: [(key: String, question: ServerQuestion)]
}

/// The answers a call has been given so far. They travel with the client, sealed: the server keeps nothing.
struct InputLedger: Sendable {
  private(set) var answers = JSONObject()
  private(set) var round = 0
  /// How many questions without a key of their own the handler has asked in this run.
  var unnamed = 0

  subscript(key: String) -> JSON? { answers[key] }

  mutating func forget(_ key: String) { answers[key] = Optional.none }

  /// Takes over what a repeated call brings along.
  @LoopActor
  mutating func load(_ call: ServedCall, _ exchange: Exchange) throws(ServerFault) {
    if let state = call.requestState, !state.isNull {
      let content = try Self.opened(state, exchange)
      answers = content["answers"]?.object ?? JSONObject()
      round = content["round"]?.int ?? 0
    }
    for member in call.inputResponses?.members ?? [] { answers[member.key] = member.value }
  }

  @LoopActor
  private static func opened(_ state: JSON, _ exchange: Exchange) throws(ServerFault) -> JSON {
    guard let text = state.string, let content = exchange.server.surroundings.seal.open(text),
      content["call"]?.string == digest(of: exchange),
      content["caller"]?.string == exchange.caller.owner
    else { throw .invalidParams("the requestState was not given for this call") }
    let now = exchange.server.clock.wallTime.microseconds
    guard let expiry = content["expires"]?.int, now < Int64(expiry) else {
      throw .invalidParams("the requestState has expired")
    }
    return content
  }

  @LoopActor
  func sealed(for exchange: Exchange) -> String {
    let server = exchange.server
    let expiry = server.clock.wallTime.advanced(by: server.settings.stateLifetime)
    return server.surroundings.seal.seal([
      "answers": .object(answers), "round": .number(JSONNumber(round + 1)),
      "call": .string(Self.digest(of: exchange)), "caller": .string(exchange.caller.owner),
      "expires": .number(JSONNumber(expiry.microseconds)),
    ])
  }

  /// Stands for the request without what differs from round to round.
  @LoopActor
  private static func digest(of exchange: Exchange) -> String {
    var params = exchange.call?.params ?? JSONObject()
    for key in ["_meta", "inputResponses", "requestState"] { params[key] = Optional.none }
    if params["arguments"] == nil { params["arguments"] = [:] }
    return exchange.server.surroundings.seal.digest([
      .string(exchange.request.method), .object(params),
    ])
  }
}
