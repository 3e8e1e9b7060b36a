package import EventLoop
import HTTP
package import HTTPCore
package import JSON
package import SafeText

/// Asks a system's REST API for what its tools are asked for.
@LoopActor
package final class RestClient {
  private let base: WebURL
  private let token: Secret
  private let http: HTTPClient
  /// The variable that names the address, for the sentence when nobody is there.
  private let variable: String

  /// `base` as `http://localhost:3000`.
  package init(_ base: WebURL, token: Secret, variable: String) {
    self.base = base
    self.token = token
    self.variable = variable
    http = HTTPClient()
  }

  /// `fields` say on whose behalf, where the token does not.
  package func ask(
    _ route: RestRoute, _ arguments: JSONObject, fields: [(String, String)] = []
  ) async throws(WorldError) -> JSON {
    let (path, rest) = try address(of: route, arguments)
    let url: WebURL
    do { url = try WebURL(root + path) } catch {
      throw WorldError(.unavailable, "\(root) is no address: \(error)")
    }
    var request = HTTPRequest(
      route.method, url,
      fields: ["Authorization": "Bearer \(token.reveal())", "Accept": "application/json"])
    for (name, value) in fields { request.fields[name] = value }
    request.options.limits.connect = Self.patience
    request.options.limits.total = Self.patience
    if !route.usesQuery {
      request.fields.append("Content-Type", "application/json")
      request.body = JSON.object(rest).compactBytes
    }
    return try await answer(to: request)
  }

  private static let patience = Duration.seconds(30)

  private var root: String {
    base.text.hasSuffix("/") ? String(base.text.dropLast()) : base.text
  }

  // MARK: - Asking

  private func answer(to request: HTTPRequest) async throws(WorldError) -> JSON {
    let head: HTTPResponseHead
    let body: [UInt8]
    do throws(HTTPError) {
      let exchange = http.send(request)
      head = try await exchange.head()
      body = try await exchange.body()
    } catch { throw failure(error) }
    let json: JSON
    do throws(JSONError) { json = try JSON.parse(body) } catch {
      throw WorldError(
        .unavailable,
        "\(root) answered \(head.status) with something that is no JSON; check \(variable)")
    }
    guard head.isSuccess else { throw Self.refusal(json, head.status) }
    return json
  }

  private func failure(_ error: HTTPError) -> WorldError {
    switch error.failure {
    case .refused:
      WorldError(
        .unavailable,
        "connection refused: no API listens at \(root); start it first (alidade backend) or check \(variable)"
      )
    case .connectTimeout, .idleTimeout, .totalTimeout, .unreachable, .nameNotFound:
      WorldError(
        .unavailable,
        "the API at \(root) does not answer (\(error.cause)); \(variable) must match its address and port"
      )
    default:
      WorldError(.unavailable, "the API cannot be asked: \(error.cause)")
    }
  }

  /// The error as the API tells it, so that both ways give the same words.
  private static func refusal(_ json: JSON, _ status: Int) -> WorldError {
    let told = json["error"]
    let code = told?["code"]?.string.flatMap(WorldError.Code.init) ?? .unavailable
    return WorldError(
      code, told?["message"]?.string ?? "the API answered \(status)",
      argument: told?["argument"]?.string)
  }

  // MARK: - Addresses

  /// The path with its query, and what is left for the body.
  private func address(
    of route: RestRoute, _ arguments: JSONObject
  ) throws(WorldError) -> (String, JSONObject) {
    var rest = arguments
    var path = RestRoute.base
    for segment in route.segments {
      switch segment {
      case .fixed(let text): path += "/\(text)"
      case .argument(let name):
        guard let value = rest[name]?.string else { throw .invalid(name, "is missing") }
        path += "/" + PercentEncoding.encode(value, .component)
        rest[name] = nil
      }
    }
    guard route.usesQuery, !rest.isEmpty else { return (path, rest) }
    let pairs = rest.members.map { ($0.key, $0.value.string ?? $0.value.compact) }
    return (path + "?" + FormEncoding.encode(pairs), [:])
  }
}
