import JSON
import JSONRPC
import Transports

extension ChannelCore {
  /// Something that is no message. Where it was meant to be an answer, its call ends with it: nothing else will.
  mutating func unreadable(_ noise: Noise) -> [ChannelStep] {
    let found = ChannelStep.find(.noise(noise))
    // An exchange of its own ends by itself, and says better why.
    guard noise.exchange == nil, noise.isBrokenAnswer, let id = call(answeredBy: noise),
      case .answered(let sent, let call) = calls.settle(id)
    else { return [found] }
    return [found, .finish(sent, .failure(error(.unreadable(noise), call, sent)))]
  }

  /// The call whose id is in it; without one, the only call that waits.
  private func call(answeredBy noise: Noise) -> RPCID? {
    guard let id = noise.id else { return calls.count == 1 ? calls.ids.first : nil }
    return calls.ids.first(where: id.resembles)
  }
}

extension Noise {
  /// It begins as a response does: what a program logs as JSON does not.
  fileprivate var isBrokenAnswer: Bool {
    guard reason != .notJSON else { return false }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.contains("\"jsonrpc\"") && !text.contains("\"method\"")
      && (text.contains("\"result\"") || text.contains("\"error\""))
  }

  fileprivate var id: RPCID? {
    guard let text = JSONText(bytes).member("id").bytes else { return nil }
    do throws(JSONError) { return RPCID(try JSON.parse(Array(text))) } catch { return nil }
  }
}
