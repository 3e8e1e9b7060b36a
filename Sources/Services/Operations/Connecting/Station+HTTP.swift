import HTTP
import HTTPCore
import MCPClient
import Settings
import Transports

extension Station {
  func httpTransport(
    _ address: Way.Address, _ asked: NegotiationWay, _ tap: TrafficTap, _ lane: String
  ) -> any Transport {
    var options = HTTPRequestOptions()
    options.tls.authorities = address.tls.authorities
    options.tls.certificate = address.tls.certificate
    options.tls.key = address.tls.key
    options.tls.isInsecure = address.tls.isInsecure
    options.proxy = ProxyRule(environment: settings.environment)
    let wire = HTTPTransportSettings(address.url, headers: address.headers, options: options)
    return asked == .legacyStream
      ? LegacySSE(wire, client: http, clock: clock, tap: tap, lane: lane)
      : StreamableHTTP(wire, client: http, clock: clock, tap: tap, lane: lane)
  }
}
