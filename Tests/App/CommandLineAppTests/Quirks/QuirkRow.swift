import CommandLineApp
import JSON
import Synchronization
import Testing

/// One thing that real servers do and should not, the command that meets it, and how that must end.
struct QuirkRow: Sendable, CustomTestStringConvertible {
  /// What a server does to each thing it is asked.
  enum Server: Sendable {
    /// Over HTTP: replies in turn, the last of them again and again; the rest is answered well.
    case http([String: [OddServer.Reply]])
    /// A shell script that reads its messages from standard input.
    case script(String)
  }

  let name: String
  let server: Server
  /// `URL` stands for the address; a script's command goes behind them.
  var words: [String]
  let code: ExitCode
  /// What must stand on standard output.
  var output: [String] = []
  /// What must stand on standard error.
  var errors: [String] = []
  /// What must stand on neither.
  var never: [String] = []
  var files: [String: String] = [:]

  init(
    _ name: String, _ server: Server, _ words: String = "list tools URL", _ code: ExitCode = .ok,
    output: String..., errors: String..., never: String..., files: [String: String] = [:]
  ) {
    (self.name, self.server, self.code, self.files) = (name, server, code, files)
    self.words = words.split(separator: " ").map(String.init)
    (self.output, self.errors, self.never) = (output, errors, never)
  }

  var testDescription: String { name }

  func check(_ place: SourceLocation = #_sourceLocation) async throws {
    switch server {
    case .http(let replies):
      let turns = Turns(replies)
      let server = try await OddServer { turns.next($0) }
      judge(await run(at: await server.url), await server.url, place)
    case .script(let script):
      judge(await run(behind: ["--", "sh", "-c", script]), "sh -c", place)
    }
  }

  private func run(at url: String? = nil, behind rest: [String] = []) async -> CommandRun {
    let given = words.compactMap { url == nil && $0 == "URL" ? nil : $0 }
    return await CommandRun.of(
      given.map { $0.replacing("URL", with: url ?? "") } + rest, files: files, isTerminal: false,
      environment: ["PATH": "/usr/bin:/bin"])
  }

  /// A failure names the server, and is told in one sentence and its advice.
  private func judge(_ run: CommandRun, _ target: String, _ place: SourceLocation) {
    let note = Comment(rawValue: "\(name): \(run.code) \(run.output)\(run.errors)")
    #expect(run.code == code, note, sourceLocation: place)
    for part in output { #expect(run.output.contains(part), note, sourceLocation: place) }
    let told = run.errors.replacing(target, with: "URL")
    for part in errors { #expect(told.contains(part), note, sourceLocation: place) }
    for part in never {
      #expect(!(run.output + run.errors).contains(part), note, sourceLocation: place)
    }
    let failed: Set<ExitCode> = [.unreachable, .protocolError, .timedOut, .unauthorized]
    guard failed.contains(code) else { return }
    #expect(told.contains("URL"), note, sourceLocation: place)
  }
}

/// Replies by what is asked, each in its turn.
private final class Turns: Sendable {
  private let replies: Mutex<[String: [OddServer.Reply]]>

  init(_ replies: [String: [OddServer.Reply]]) { self.replies = Mutex(replies) }

  func next(_ what: String) -> OddServer.Reply? {
    replies.withLock { replies in
      guard let list = replies[what], let first = list.first else { return nil }
      if list.count > 1 { replies[what] = Array(list.dropFirst()) }
      return first
    }
  }
}

extension QuirkRow.Server {
  static func list(_ replies: OddServer.Reply...) -> QuirkRow.Server {
    .http(["POST tools/list": replies])
  }

  static func call(_ replies: OddServer.Reply...) -> QuirkRow.Server {
    .http(["POST tools/call": replies])
  }

  static func opening(_ reply: OddServer.Reply) -> QuirkRow.Server {
    .http(["POST initialize": [reply]])
  }

  static func discovery(_ reply: OddServer.Reply) -> QuirkRow.Server {
    .http(["POST server/discover": [reply]])
  }

  static func everything(_ reply: OddServer.Reply) -> QuirkRow.Server {
    .http(
      Dictionary(
        uniqueKeysWithValues: ["server/discover", "initialize", "tools/list"].map {
          ("POST \($0)", [reply])
        } + [("GET", [reply])]))
  }

  /// A server of the stateless revision.
  static func stateless(_ replies: [String: [OddServer.Reply]]) -> QuirkRow.Server {
    var all = replies
    all["POST server/discover"] = [
      .result(
        #"{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"ttlMs":0,"cacheScope":"private"}"#
      )
    ]
    all["POST tools/list"] =
      replies["POST tools/list"] ?? [
        .result(
          #"{"resultType":"complete","tools":[{"name":"add","inputSchema":{"type":"object"}}],"ttlMs":0,"cacheScope":"private"}"#
        )
      ]
    return .http(all)
  }

  static func tools(_ items: String, calls: OddServer.Reply? = nil) -> QuirkRow.Server {
    var replies: [String: [OddServer.Reply]] = [
      "POST tools/list": [.result(#"{"tools":[\#(items)]}"#)]
    ]
    replies["POST tools/call"] = [calls ?? .text("called")]
    return .http(replies)
  }

  /// A tool `add` whose arguments have that schema.
  static func schema(_ schema: String) -> QuirkRow.Server {
    .tools(#"{"name":"add","inputSchema":\#(schema)}"#)
  }

  /// A process that answers as it should but for what its tool list is written with; `$id` is the question's.
  static func process(
    onList: String = #"say "$id" "$tools""#, onCall: String = "", before: String = "",
    onDiscover: String = #"fail "$id" -32601"#, after: String = ""
  ) -> QuirkRow.Server {
    .script(
      """
      say() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$1" "$2"; }
      fail() { printf '{"jsonrpc":"2.0","id":%s,"error":{"code":%s,"message":"no"}}\\n' "$1" "$2"; }
      tools='{"tools":[{"name":"add","inputSchema":{"type":"object"}}]}'
      \(before)
      while read -r line; do
      id=${line#*\\"id\\":}; id=${id%%,*}; id=${id%\\}}
      case $line in
      *'"method":"initialize"'*) say "$id" '{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}}';;
      *'"method":"tools/list"'*) \(onList);;
      *'"method":"tools/call"'*) \(onCall.isEmpty ? ":" : onCall);;
      *'"method":"server/discover"'*) \(onDiscover);;
      esac
      done
      \(after)
      """)
  }
}

extension OddServer.Reply {
  static func result(_ result: String) -> OddServer.Reply {
    .init(stringLiteral: #"{"jsonrpc":"2.0","id":{id},"result":\#(result)}"#)
  }

  static func error(_ error: String) -> OddServer.Reply {
    .init(stringLiteral: #"{"jsonrpc":"2.0","id":{id},"error":\#(error)}"#)
  }

  static func text(_ text: String) -> OddServer.Reply {
    .result(#"{"content":[{"type":"text","text":"\#(text)"}]}"#)
  }

  static func rejected(_ status: String, code: Int, data: String = "null") -> OddServer.Reply {
    .status(
      status, [],
      #"{"jsonrpc":"2.0","id":{id},"error":{"code":\#(code),"message":"nope","data":\#(data)}}"#)
  }

  /// Good tools, in whatever the server wraps them.
  static let tools = OddServer.Reply.result(good)
  static let good = #"{"tools":[{"name":"add","inputSchema":{"type":"object"}}]}"#
  static let message = #"{"jsonrpc":"2.0","id":{id},"result":\#(good)}"#
}
