import HTTP
import HTTPCore
import MCPClient
import Settings
import Transports

extension Station {
  func httpTransport(
    _ address: Way.Address, _ asked: NegotiationWay, _ tap: TrafficTap, _ lane: String,
    retries: Int? = nil
  ) -> any Transport {
    var options = HTTPRequestOptions()
    options.allowsHTTP2 = true
    options.tls.authorities = address.tls.authorities
    options.tls.certificate = address.tls.certificate
    options.tls.key = address.tls.key
    options.tls.isInsecure = address.tls.isInsecure
    options.proxy = ProxyRule(environment: settings.environment)
    if let limit = address.limit {
      // A little less than the whole, so that the sentence can say that it was the connection that took it.
      options.limits.connect = min(options.limits.connect, limit * 3 / 4)
    }
    var wire = HTTPTransportSettings(address.url, headers: address.headers, options: options)
    if let limit = address.limit { wire.endpointLimit = min(wire.endpointLimit, limit) }
    wire.reconnection.attempts = retries ?? wire.reconnection.attempts
    return asked == .legacyStream
      ? LegacySSE(wire, client: http, clock: clock, tap: tap, lane: lane)
      : StreamableHTTP(wire, client: http, clock: clock, tap: tap, lane: lane)
  }
}
