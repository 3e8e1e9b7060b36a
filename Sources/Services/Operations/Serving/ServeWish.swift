import EventLoop
import HTTP
package import MockBackend
import MockCatalogs

/// Which system to serve, and how.
package struct ServeWish: Sendable {
  package enum Way: Sendable, Hashable {
    /// On standard input and output, for the program that started this one.
    case stdio
    /// Over HTTP, at an address as people write it.
    case http(String)
  }

  package var system: String
  /// Plays this back in the place of a system.
  package var recording: ServerRecording?
  package var way: Way
  /// The two-address transport of the first revision beside the one address of the others.
  package var hasLegacyStream = false
  /// Further names of this server, and pages that may call it.
  package var hosts: [String] = []
  package var origins: [String] = []
  /// Where clients reach it, where that is not where it listens: behind a balancer or a proxy.
  package var publicURL: String?
  /// Where other servers that share its records reach it, where that is not where it listens.
  package var peerURL: String?
  /// Serves over TLS; plain HTTP without it.
  package var tls: TLSFiles?
  package var pageSize: Int?
  /// Where keys and audit are; nil for a server that keeps nothing.
  package var records: RecordStore?
  /// Whether a caller over HTTP must show a key.
  package var needsKey = false
  /// The system's own authorization server; nil for none. A caller over HTTP must then show a token, or a key.
  package var authorization: AuthorizationWish?
  /// What goes wrong from the start, for practice, by name.
  package var faults: Set<String> = []
  /// Where the data is asked for; nil has it in this process.
  package var api: BackendAddress?
  /// What the system's data is made with.
  package var world = WorldOptions()
  /// The calendar of the data; that of the loop without it.
  var calendar: (any LoopClock)?
  /// What waits for a person's word; that of the records' folder without it.
  package var approvals: ApprovalStore?
  /// The version of this program, as it tells it.
  package var program = ""

  package init(system: String, way: Way) {
    self.system = system
    self.way = way
  }

  /// Whether other machines can reach it.
  var isExposed: Bool {
    guard case .http(let text) = way else { return false }
    do throws(HTTPServerError) { return try !ListenAddress(text).isLoopback } catch { return true }
  }

  package static let standardAddress = "127.0.0.1:3001"
}

/// A certificate, its chain behind it, and its key: PEM files.
package struct TLSFiles: Sendable, Hashable {
  package var certificate: String
  package var key: String

  package init(certificate: String, key: String) {
    self.certificate = certificate
    self.key = key
  }
}

/// A system that can be served, as people read of it.
package struct ServedSystem: Sendable, Hashable {
  package let name: String
  package let summary: String

  package static let all = CatalogRow.all.map { ServedSystem(name: $0.name, summary: $0.summary) }
}
