import EventLoop
import MCPEras
import MCPProtocol
package import Transports

/// How to come to a server: by which ways, with which wishes, knowing what of earlier times.
package struct ConnectionPlan: Sendable {
  /// Makes a transport for one way; the lane names it in the traffic view.
  package typealias MakeTransport =
    @LoopActor @Sendable (NegotiationWay, _ lane: String) -> any Transport
  /// Gets credentials for a challenge; throws where none are to be had.
  package typealias Authorize =
    @LoopActor @Sendable (NegotiationChallenge) async throws(ClientError) -> Void

  package var route: NegotiationRoute
  package var wish: NegotiationWish
  package var offer: NegotiationOffer
  package var remembered: NegotiationVerdict?
  package var makeTransport: MakeTransport
  package var authorize: Authorize?

  package init(
    route: NegotiationRoute, wish: NegotiationWish = .automatic,
    offer: NegotiationOffer = .everything, remembered: NegotiationVerdict? = nil,
    makeTransport: @escaping MakeTransport, authorize: Authorize? = nil
  ) {
    self.route = route
    self.wish = wish
    self.offer = offer
    self.remembered = remembered
    self.makeTransport = makeTransport
    self.authorize = authorize
  }
}

extension NegotiationOffer {
  /// All revisions this program speaks.
  package static let everything = NegotiationOffer(
    stateless: ProtocolVersion.known(in: .stateless).reversed(),
    handshake: ProtocolVersion.known(in: .handshake).reversed())
}
