import HTTPCore
import MCPClient
import MCPProtocol
import Processes
import Settings

/// Where a definition leads: a process to start or an address to ask, and what is wished of the negotiation.
struct Way: Sendable {
  enum Place: Sendable {
    case process(LaunchRequest)
    case address(Address)
  }

  /// An address with all that goes along with every request to it.
  struct Address: Sendable {
    var url: WebURL
    var headers: HTTPFields
    var tls: ServerDefinition.TLS
    /// How long the user is willing to wait.
    var limit: Duration?
  }

  let place: Place
  let route: NegotiationRoute
  let wish: NegotiationWish

  init(
    _ definition: ServerDefinition, _ target: TargetFacts, yields: Bool = false
  ) throws(OperationFailure) {
    let version = definition.protocolVersion.map(ProtocolVersion.init(rawValue:))
    wish = version.map { yields ? .preferring($0) : .pinned($0) } ?? .automatic
    if let command = definition.command {
      place = .process(Self.launch(command, definition))
      route = .process
    } else {
      place = .address(try Self.address(definition, target))
      route = Self.routes[definition.transport] ?? .http
    }
  }

  private static let routes: [Settings.TransportKind: NegotiationRoute] = [
    .auto: .http, .http: .streamableOnly, .sse: .legacyStreamOnly,
  ]

  private static func launch(_ command: String, _ definition: ServerDefinition) -> LaunchRequest {
    LaunchRequest(
      program: command, arguments: definition.arguments,
      environment: Dictionary(definition.environment.map { ($0.name, $0.value) }) { _, last in last
      },
      directory: definition.directory)
  }

  private static func address(
    _ definition: ServerDefinition, _ target: TargetFacts
  ) throws(OperationFailure) -> Address {
    let text = definition.url ?? ""
    let url: WebURL
    do { url = try WebURL(text) } catch {
      throw OperationFailure(
        .usage, layer: "config", "\(target.label.isEmpty ? "the address" : target.label): \(error)")
    }
    return Address(
      url: url, headers: HTTPFields(definition.headers.map { HTTPField($0.name, $0.value) }),
      tls: definition.tls,
      limit: definition.timeout.map { .milliseconds(Int64(min($0, 1e9) * 1000)) })
  }
}
