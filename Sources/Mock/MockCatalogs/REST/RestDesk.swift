package import EventLoop
import HTTPCore
package import JSON
import JSONSchema
package import MCPServer
package import MockBackend

/// The REST API of one system: the rows of its tools by method and path, over the same world.
@LoopActor
package final class RestDesk {
  package let plan: SystemPlan
  private let desk: SystemDesk
  package var world: World? { desk.world }
  private var checks: [String: SchemaValidator] = [:]

  package init(_ plan: SystemPlan, _ wish: CatalogWish) throws(WorldError) {
    self.plan = plan
    desk = try SystemDesk(plan, wish)
  }

  /// A request without its credential.
  package struct Question: Sendable {
    package var method: String
    /// Behind `/api/v1`, decoded.
    package var segments: [String]
    package var query: [(String, String)]
    package var body: [UInt8]

    package init(method: String, path: some StringProtocol, query: String, body: [UInt8]) {
      self.method = method
      segments = path.split(separator: "/").map {
        String(decoding: PercentEncoding.decode($0), as: UTF8.self)
      }
      self.query = FormEncoding.decode(query)
      self.body = body
    }
  }

  package struct Answer: Sendable, Hashable {
    package var status: Int
    package var json: JSON
    /// The methods that the path has, where it does not have the one that was used.
    package var allowed: [String] = []

    package init(status: Int, _ json: JSON) {
      self.status = status
      self.json = json
    }

    package init(_ error: WorldError) {
      status = error.status
      var told: JSONObject = [
        "code": .string(error.code.rawValue), "message": .string(error.message),
      ]
      if let argument = error.argument { told["argument"] = .string(argument) }
      json = ["error": .object(told)]
    }
  }

  package func answer(_ question: Question, _ caller: Caller) async -> Answer {
    let found = plan.rows.compactMap { row in row.route.match(question.segments).map { (row, $0) } }
      .sorted { $0.0.route.plainness > $1.0.route.plainness }
    guard let (row, variables) = found.first(where: { $0.0.route.method == question.method })
    else { return Self.missing(question, methods: found.map { $0.0.route.method }) }
    do throws(WorldError) {
      try admit(row, caller)
      let arguments = try arguments(question, row, variables)
      try check(row, arguments)
      let json = try await desk.ask(row, arguments, caller)
      return Answer(status: row.effect == .creates ? 201 : 200, json)
    } catch { return Answer(error) }
  }

  private static func missing(_ question: Question, methods: [String]) -> Answer {
    let path = RestRoute.base + "/" + question.segments.joined(separator: "/")
    guard !methods.isEmpty else {
      return Answer(WorldError(.notFound, "there is nothing at \(path.prefix(200))"))
    }
    let words = "\(path.prefix(200)) takes \(methods.joined(separator: ", ")) alone"
    var answer = Answer(WorldError(.invalid, words))
    answer.status = 405
    answer.allowed = methods
    return answer
  }

  /// Rows that only servers ask, as those of approvals, need what the tools behind them need.
  private func admit(_ row: ToolRow, _ caller: Caller) throws(WorldError) {
    let needed = (plan.restScopes ?? plan.scopes).scopes(for: row)
    let missing = needed.filter { !caller.scopes.contains($0) }
    guard missing.isEmpty else {
      throw .forbidden(
        "forbidden: the token lacks the scope \(missing.joined(separator: ", ")); recreate the key with \"scopes\": [\"read\", \"write\"]"
      )
    }
  }

  // MARK: - Arguments

  private func arguments(
    _ question: Question, _ row: ToolRow, _ variables: [(String, String)]
  ) throws(WorldError) -> JSONObject {
    var given = row.route.usesQuery ? [:] : try body(question)
    if row.route.usesQuery {
      let schemas = Dictionary(row.input.map { ($0.key, $0.schema.json) }) { first, _ in first }
      for (name, text) in question.query { given[name] = Self.value(text, as: schemas[name]) }
    }
    for (name, text) in variables { given[name] = .string(text) }
    return given
  }

  private func body(_ question: Question) throws(WorldError) -> JSONObject {
    guard !question.body.isEmpty else { return [:] }
    let json: JSON
    do throws(JSONError) { json = try JSON.parse(question.body) } catch {
      throw WorldError(.invalid, "the body is not JSON: \(error.sentence)")
    }
    guard let object = json.object else { throw WorldError(.invalid, "the body is no JSON object") }
    return object
  }

  /// Words of a query have no type of their own; the schema says which is meant.
  private static func value(_ text: String, as schema: JSON?) -> JSON {
    let isText = schema?["type"] == "string" || schema?["type"]?[0] == "string"
    guard let schema, !isText, schema["enum"] == nil else { return .string(text) }
    do throws(JSONError) { return try JSON.parse(text) } catch { return .string(text) }
  }

  private func check(_ row: ToolRow, _ arguments: JSONObject) throws(WorldError) {
    guard !row.input.isEmpty else { return }
    let check = checks[row.name] ?? SchemaValidator(row.inputSchema.json)
    checks[row.name] = check
    let arguments = JSON.object(arguments)
    guard !check.isValid(arguments) else { return }
    let found = check.validate(arguments).violations.prefix(8).map(\.sentence)
    throw WorldError(.invalid, "The arguments do not fit: " + found.joined(separator: " "))
  }
}
