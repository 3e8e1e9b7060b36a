/// Why a text is no URL.
package enum WebURLError: Error, Sendable, Hashable {
  case missingScheme
  case missingHost
  case unclosedBracket
  case badIPv6(String)
  case badIPv4(String)
  case badHost(String)
  case badPort(String)
  /// A relative reference met a base such as `urn:x`, which has no path to start from.
  case baseHasNoPath

  package var sentence: String {
    switch self {
    case .missingScheme: "The URL has no scheme such as https://."
    case .missingHost: "The URL names no host."
    case .unclosedBracket: "The bracket of the IPv6 address is not closed."
    case .badIPv6(let text): "[\(text)] is no IPv6 address."
    case .badIPv4(let text): "\(text) is no IPv4 address."
    case .badHost(let text): "“\(text)” is no host name."
    case .badPort(let text): "“\(text)” is no port; ports go from 0 to 65535."
    case .baseHasNoPath: "The reference is relative and its base has no path."
    }
  }
}
