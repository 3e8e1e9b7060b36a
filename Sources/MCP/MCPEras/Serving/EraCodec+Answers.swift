package import JSON
package import MCPProtocol

/// The server as it names itself in its answers, written once.
package struct ServerSignature: Sendable, Hashable {
  package let info: JSON

  package init(_ info: Implementation) { self.info = info.json }
}

extension EraCodec {
  /// A result as the revision wraps it: its type, its caching, and who says it.
  package func wrap(
    _ body: JSONObject, as type: ResultType = .complete, by server: ServerSignature,
    hints: CachingHints? = nil
  ) -> JSON {
    guard features.has(.resultType) else { return .object(body) }
    var members = [JSONObject.Member(key: "resultType", value: .string(type.rawValue))]
    members += body.members
    if features.has(.cachingHints), let hints {
      members.append(.init(key: "ttlMs", value: .number(JSONNumber(hints.ttl))))
      members.append(.init(key: "cacheScope", value: .string(hints.scope.rawValue)))
    }
    var object = JSONObject(members: members)
    var meta = object["_meta"]?.object ?? JSONObject()
    meta[MetaKey.serverInfo] = server.info
    object["_meta"] = .object(meta)
    return .object(object)
  }

  /// The answer to the request that opens a conversation.
  package func opening(
    _ offer: ServerOffer, versions: [ProtocolVersion], by server: ServerSignature,
    hints: CachingHints
  ) -> JSON {
    let capabilities = JSON.object(capabilities(of: offer))
    var body: JSONObject =
      if features.has(.handshake) {
        [
          "protocolVersion": .string(version.rawValue), "capabilities": capabilities,
          "serverInfo": server.info,
        ]
      } else {
        [
          "supportedVersions": .array(versions.map { .string($0.rawValue) }),
          "capabilities": capabilities,
        ]
      }
    body["instructions"] = offer.instructions.map(JSON.string)
    return wrap(body, by: server, hints: hints)
  }

  /// What the server offers, as a capabilities object of this revision.
  package func capabilities(of offer: ServerOffer) -> JSONObject {
    var object = JSONObject()
    if offer.logs { object["logging"] = [:] }
    if offer.completes, features.has(.completionCapability) { object["completions"] = [:] }
    if offer.hasPrompts { object["prompts"] = ["listChanged": true] }
    if offer.hasResources { object["resources"] = ["subscribe": true, "listChanged": true] }
    if offer.hasTools { object["tools"] = ["listChanged": true] }
    if offer.runsTasks {
      if features.has(.coreTasks) { object["tasks"] = Self.coreTasks }
      if features.has(.taskExtension) { object["extensions"] = [ExtensionName.tasks: [:]] }
    }
    return object
  }

  private static var coreTasks: JSON {
    ["list": [:], "cancel": [:], "requests": ["tools": ["call": [:]]]]
  }

  /// A wish for input as a result.
  package func inputRequired(
    _ questions: [(key: String, question: ServerQuestion)], state: String?,
    by server: ServerSignature
  ) -> JSON {
    var body = JSONObject()
    if !questions.isEmpty {
      body["inputRequests"] = .object(
        JSONObject(questions.map { ($0.key, entry(of: $0.question)) }))
    }
    body["requestState"] = state.map(JSON.string)
    return wrap(body, as: .inputRequired, by: server)
  }

  /// The first answer to a call that goes on as a task.
  package func taskCreated(_ state: TaskState, by server: ServerSignature) -> JSON {
    guard let shape = features.taskShape else { return wrap(JSONObject(), by: server) }
    var bare = state
    (bare.inputRequests, bare.result, bare.error) = (nil, nil, nil)
    var members = shape.write(bare)
    guard shape == .flat else { return .object(["task": .object(members)]) }
    // The revision's own schema of a tool's result, which knows no extension, asks for content.
    members["content"] = []
    return wrap(members, as: .task, by: server)
  }

  /// A task as it stands.
  package func task(_ state: TaskState, by server: ServerSignature) -> JSON {
    wrap(features.taskShape?.write(state) ?? JSONObject(), by: server)
  }

  /// Which task a message belongs to, where messages say so.
  package func taskMark(_ id: String) -> JSONObject? {
    features.taskShape == .core ? [MetaKey.relatedTask: ["taskId": .string(id)]] : nil
  }
}

/// What a server has to offer, the ground of its capabilities.
package struct ServerOffer: Sendable, Hashable {
  package var hasTools = false
  package var hasResources = false
  package var hasPrompts = false
  package var completes = false
  package var logs = false
  package var runsTasks = false
  package var instructions: String?

  package init() {}
}
