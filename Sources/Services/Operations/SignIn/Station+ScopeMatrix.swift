import Authorization
import EventLoop
import HTTPCore
import JSON
import SafeText
package import Settings

/// A tool that a server's descriptor names, with the scopes it needs.
package struct PublishedTool: Sendable, Hashable {
  package let name: String
  package let scopes: [String]
}

extension Station {
  /// Asks the server, its descriptor and what earlier refusals taught for the scopes of its tools, and compares them
  /// with what the sign-in was granted. What cannot be asked is a gap and no failure, unless nothing is left.
  package func scopeMatrix(
    for definition: ServerDefinition
  ) async throws(OperationFailure) -> ScopeMatrix {
    let label = TargetFacts(definition).label
    let server = definition.command == nil ? try address(of: definition) : nil
    let desk = try await desk(for: definition)
    let grant = try asking(label) { () throws(AuthorizationFailure) in
      try server.flatMap { server throws(AuthorizationFailure) in
        try desk.store?.grant(for: server.resourceName)
      }
    }
    let (granted, source) = Self.granted(grant, definition)
    var challenge: AuthorizationChallenge?, named: [String]?
    if let server {
      challenge = await self.challenge(of: server, definition, desk) { _ in }
      named = await resourceScopes(of: server, challenge, desk)
    }
    var matrix = ScopeMatrix(
      granted: granted, from: source, requested: grant?.requested?.names ?? [], named: named)
    if let scopes = challenge?.scopes { matrix.add(scopes.names, to: nil, from: .challenge) }
    let problem = await listTools(of: definition, into: &matrix)
    if let server { await readDescriptor(of: server, desk, into: &matrix) }
    for lesson in scopeNotes(for: definition)?.lessons ?? [] {
      matrix.add(lesson.scopes, to: lesson.tool, from: .refusal)
    }
    if let problem {
      guard !matrix.rows.isEmpty || !matrix.scopes.isEmpty else { throw problem }
      matrix.gaps.insert("its tools cannot be listed: \(problem.sentence)", at: 0)
    }
    return matrix
  }

  /// What was granted: as the token endpoint said, else as the token itself says.
  private static func granted(
    _ grant: StoredGrant?, _ definition: ServerDefinition
  ) -> ([String]?, ScopeMatrix.Source?) {
    if let header = definition.headers.header("Authorization") {
      let token = header.split(separator: " ").last.map(String.init) ?? ""
      return (claimed(by: token), .claims)
    }
    guard let grant else { return (nil, nil) }
    if let claimed = claimed(by: grant.tokens.access.reveal()) { return (claimed, .claims) }
    return (grant.tokens.scopes?.names, .answer)
  }

  private static func claimed(by token: String) -> [String]? {
    guard let claims = UnverifiedJWT(token)?.claims else { return nil }
    return (claims["scope"] ?? claims["scp"]).map(ScopeMatrix.list)
  }

  private func listTools(
    of definition: ServerDefinition, into matrix: inout ScopeMatrix
  ) async -> OperationFailure? {
    do throws(OperationFailure) {
      let connection = try await connect(to: definition) { _ in }
      let listed: Result<ListReport, OperationFailure>
      do throws(OperationFailure) { listed = .success(try await connection.list(.tools)) } catch {
        listed = .failure(error)
      }
      await connection.close()
      for tool in try listed.get().items {
        guard let name = tool["name"]?.string else { continue }
        matrix.add(name)
        matrix.add(ScopeMatrix.scopes(in: tool), to: name, from: .meta)
      }
      return nil
    } catch {
      return error
    }
  }

  // MARK: - Documents

  private func resourceScopes(
    of server: WebURL, _ challenge: AuthorizationChallenge?, _ desk: AuthorizationDesk
  ) async -> [String]? {
    var question = DiscoveryQuestion(policy: AddressPolicy(server: server), challenge: challenge)
    question.stopsAtResource = true
    var discovery = Discovery(question)
    while case .fetch(let request) = discovery.step { discovery.receive(await desk.send(request)) }
    return discovery.resourceScopes?.names
  }

  private func readDescriptor(
    of server: WebURL, _ desk: AuthorizationDesk, into matrix: inout ScopeMatrix
  ) async {
    switch await descriptor(of: server, desk) {
    case .success(let tools):
      for tool in tools {
        matrix.add(tool.name, isListed: false)
        matrix.add(tool.scopes, to: tool.name, from: .descriptor)
      }
    case .failure(let unread): matrix.gaps.append(unread.sentence)
    }
  }

  private struct Unread: Error { let sentence: String }

  private func descriptor(
    of server: WebURL, _ desk: AuthorizationDesk
  ) async -> Result<[PublishedTool], Unread> {
    let place = server.withoutSecrets.withPath("/.well-known/mcp.json")
    let outcome = await desk.send(
      AuthorizationRequest("GET", place, fields: ["Accept": "application/json"]))
    guard case .success(let answer) = outcome, answer.status == 200 else { return .success([]) }
    let json: JSON
    do { json = try JSON.parse(answer.body) } catch {
      return .failure(Unread(sentence: "the descriptor at \(place) is no JSON"))
    }
    return .success(
      (json["tools"]?.array ?? []).compactMap { tool in
        tool["name"]?.string.map {
          PublishedTool(name: $0, scopes: ScopeMatrix.list(tool["scopes"] ?? .null))
        }
      })
  }

  /// The tools that the server's descriptor names, whoever asks; none where it has no descriptor.
  package func publishedTools(of definition: ServerDefinition) async -> [PublishedTool] {
    guard definition.url != nil else { return [] }
    do throws(OperationFailure) {
      let reached = try await demos.reached(definition)
      let server = try address(of: reached)
      let desk = try await desk(for: reached)
      guard case .success(let tools) = await descriptor(of: server, desk) else { return [] }
      return tools
    } catch { return [] }
  }
}
