import EventLoop
import HTTPCore
import JSON
import ScriptedServer
import TestSupport

@testable import CommandLineApp

/// A server that wants a token and the authorization server that gives it, on one port of loopback. What a test lays
/// down is answered first, the rest goes well.
@LoopActor
final class AuthWorld {
  typealias Reply = OddServer.Reply

  /// Answers by `POST /mcp` or `GET /as/authorize`; the last one stays.
  var replies: [String: [Reply]] = [:]
  /// Answers to methods of a call with a good token.
  var methods: [String: Reply] = [:]
  /// What the server's challenge asks for.
  var challengeScope: String?
  /// What came in: the request, its body, its credentials.
  private(set) var seen: [(what: String, body: String, fields: HTTPFields)] = []
  /// How many tokens were given; the last of them is the good one.
  private(set) var tokens = 0
  /// How long tokens live, in seconds; the last one stays.
  var lives = [3600]
  let folder = ScratchFolder()
  private var server: ScriptedServer?

  init(_ replies: [String: [Reply]] = [:]) throws {
    self.replies = replies
    server = try ScriptedServer { [weak self] connection in
      while let request = await connection.request(), let self {
        await self.answer(request, on: connection)
      }
    }
  }

  var base: String { server?.url("") ?? "" }
  var url: String { "\(base)/mcp" }
  var environment: [String: String] { ["XDG_STATE_HOME": folder.path] }

  /// A command about this world's server, which is written `URL`, its origin `BASE`.
  func run(
    _ words: String..., files: [String: String] = [:], typed: [String]? = nil
  ) async -> CommandRun {
    await run(words, files: files, typed: typed)
  }

  func run(
    _ words: [String], files: [String: String] = [:], typed: [String]? = nil
  ) async -> CommandRun {
    let words = words.map { $0.replacing("URL", with: url).replacing("BASE", with: base) }
    let run = await CommandRun.of(
      words, files: files, isTerminal: typed != nil, environment: environment, typed: typed)
    return CommandRun(code: run.code, output: plain(run.output), errors: plain(run.errors))
  }

  private func plain(_ text: String) -> String {
    text.replacing(url, with: "URL").replacing(base, with: "BASE")
  }

  func asked(_ what: String) -> Int { seen.count { $0.what == what } }

  // MARK: - Answers

  private func answer(_ request: ScriptedRequest, on connection: ScriptedConnection) async {
    let path = String(request.target.split(separator: "?").first ?? "")
    let what = "\(request.method) \(path)"
    seen.append((what, request.text, request.fields))
    let reply = laidDown(what) ?? usual(what, request)
    let headers = reply.headers.map { returned($0, request) }
    await connection.answer(reply.status, headers, body: filled(reply.body, request))
  }

  private func laidDown(_ what: String) -> Reply? {
    guard var waiting = replies[what], let next = waiting.first else { return nil }
    if waiting.count > 1 { waiting.removeFirst() }
    replies[what] = waiting
    return next
  }

  /// What the sign-in page was asked with, where a header says `REDIRECT` or `STATE`.
  private func returned(_ header: String, _ request: ScriptedRequest) -> String {
    let items = FormEncoding.decode(request.target.split(separator: "?").last ?? "")
    func value(_ name: String) -> String { items.first { $0.0 == name }?.1 ?? "" }
    return header.replacing("REDIRECT", with: value("redirect_uri"))
      .replacing("STATE", with: value("state"))
  }

  /// With the world's own address, and for a page what its question said.
  private func filled(_ text: String, _ request: ScriptedRequest) -> String {
    let id: String
    do { id = try JSON.parse(request.text)["id"]?.compact ?? "null" } catch { id = "null" }
    return text.replacing("BASE", with: base).replacing("{id}", with: id)
  }

  private func usual(_ what: String, _ request: ScriptedRequest) -> Reply {
    switch what {
    case "POST /mcp", "GET /mcp", "DELETE /mcp": return guarded(request)
    case "GET /.well-known/oauth-protected-resource/mcp":
      return #"{"resource":"BASE/mcp","authorization_servers":["BASE/as"]}"#
    case "GET /.well-known/oauth-authorization-server/as":
      return Reply(stringLiteral: Self.metadata())
    case "POST /as/register": return .json("201 Created", #"{"client_id":"client-1"}"#)
    case "GET /as/authorize": return redirect(request, "code=the-code")
    case "POST /as/token": return token(request)
    default: return .status("404 Not Found", ["Content-Type: text/html"], "<html>")
    }
  }

  /// A refresh token is good once: with a used one all is over.
  private func token(_ request: ScriptedRequest) -> Reply {
    let form = Dictionary(FormEncoding.decode(request.text)) { $1 }
    guard form["grant_type"] != "refresh_token" || form["refresh_token"] == "refresh-\(tokens)"
    else {
      tokens += 1
      return .json("400 Bad Request", #"{"error":"invalid_grant"}"#)
    }
    tokens += 1
    let life = lives[0]
    if lives.count > 1 { lives.removeFirst() }
    let json: JSON = [
      "access_token": .string("token-\(tokens)"), "token_type": "Bearer",
      "expires_in": .number(JSONNumber(life)), "refresh_token": .string("refresh-\(tokens)"),
    ]
    return Reply(stringLiteral: json.compact)
  }

  private func guarded(_ request: ScriptedRequest) -> Reply {
    guard request.fields["Authorization"] == "Bearer token-\(tokens)" else {
      let place = "\(base)/.well-known/oauth-protected-resource/mcp"
      let scope = challengeScope.map { ", scope=\"\($0)\"" } ?? ""
      return .status(
        "401 Unauthorized", ["WWW-Authenticate: Bearer resource_metadata=\"\(place)\"\(scope)"])
    }
    let method: String
    do { method = try JSON.parse(request.text)["method"]?.string ?? "" } catch { method = "" }
    return methods[method]
      ?? OddServer.good(request.method == "POST" ? "POST \(method)" : request.method)
  }

  /// Where the page sends the browser, with its question's state.
  func redirect(_ request: ScriptedRequest, _ answer: String) -> Reply {
    let items = FormEncoding.decode(request.target.split(separator: "?").last ?? "")
    func value(_ name: String) -> String { items.first { $0.0 == name }?.1 ?? "" }
    return .status(
      "302 Found",
      ["Location: \(value("redirect_uri"))?\(answer)&state=\(value("state"))"])
  }

  /// The authorization server's metadata with members changed; an empty value leaves the member out.
  nonisolated static func metadata(_ changes: [String: String] = [:]) -> String {
    var members = [
      "issuer": #""BASE/as""#, "authorization_endpoint": #""BASE/as/authorize""#,
      "token_endpoint": #""BASE/as/token""#, "registration_endpoint": #""BASE/as/register""#,
      "code_challenge_methods_supported": #"["S256"]"#,
    ]
    for (name, value) in changes { members[name] = value }
    let written = members.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
    return "{" + written.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
  }
}

extension OddServer.Reply {
  static func json(_ status: String, _ body: String) -> OddServer.Reply {
    .status(status, ["Content-Type: application/json"], body)
  }
}
