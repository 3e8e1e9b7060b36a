import AuthorizationServer
import HTTPCore
import MCPServer

/// Who showed which token where, in one moment: looking again would find the same.
struct GrantedUses {
  struct Use: Hashable {
    let authorization: String
    let host: String?
    let path: String

    /// Nil where it is not clear what is shown.
    init?(_ credentials: MCPServer.Credentials) {
      guard let authorization = credentials.fields.only("Authorization") else { return nil }
      self.authorization = authorization
      host = credentials.fields["Host"]
      path = credentials.path
    }
  }

  private var moment: TokenMoment?
  private var callers: [Use: Caller] = [:]

  private static let limit = 4096

  mutating func caller(_ use: Use, at now: TokenMoment) -> Caller? {
    guard now == moment else {
      self = GrantedUses()
      moment = now
      return nil
    }
    return callers[use]
  }

  mutating func add(_ use: Use, _ caller: Caller) {
    if callers.count < Self.limit { callers[use] = caller }
  }
}
