import MCPServer

/// Whom a check found good behind a head, and on what ground: while that holds, looking again would find the same.
final class KnownCaller<Ground: Sendable>: Sendable {
  let ground: Ground
  let caller: Caller

  init(_ ground: Ground, _ caller: Caller) {
    self.ground = ground
    self.caller = caller
  }
}
