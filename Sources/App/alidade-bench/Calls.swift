import CCurl
import EventLoop
import Glibc
import JSON
import MCPProtocol
import Operations
import Settings

/// Calls a tool so many times in a row, by a session or by nothing but libcurl; prints the seconds it took.
func measureCalls(_ words: [String]) -> Bool {
  guard words.count == 4, let count = Int(words[2]) else { return false }
  let seconds: Double?
  switch words[0] {
  case "session": seconds = EventLoop.run { _ in await sessionCalls(words[1], count, words[3]) }
  case "curl": seconds = bareCalls(words[1], count)
  default: return false
  }
  guard let seconds else { return false }
  print(JSON.object(["seconds": .number(JSONNumber(seconds))]).compact)
  return true
}

/// As the window does it: negotiated, tapped, journalled.
@LoopActor
private func sessionCalls(_ url: String, _ count: Int, _ folder: String) async -> Double? {
  let station = Station(
    Station.Settings(
      client: Implementation(name: "bench", version: "1"), environment: [:], directory: "/",
      stateFolder: folder),
    loop: LoopActor.loop)
  station.openJournal()
  var definition = ServerDefinition(name: url, transport: .auto, origin: .commandLine)
  definition.url = url
  do {
    let connection = try await station.connect(to: definition) { _ in }
    let start = LoopInstant.monotonicNow
    for _ in 0..<count { _ = try await connection.callTool("echo", [:]) }
    let took = start.duration(to: .monotonicNow)
    await connection.close()
    await station.close()
    return Double(took.nanoseconds) / 1e9
  } catch {
    return nil
  }
}

private let bareCall = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo"}}"#

private func bareCalls(_ url: String, _ count: Int) -> Double? {
  guard ccurl_load() == nil, let easy = ccurl_easy_new() else { return nil }
  defer { ccurl_easy_free(easy) }
  var headers = ccurl_list_append(nil, "Content-Type: application/json")
  headers = ccurl_list_append(headers, "Accept: application/json, text/event-stream")
  ccurl_set_list(easy, CURLOPT_HTTPHEADER, headers)
  ccurl_set_text(easy, CURLOPT_URL, url)
  ccurl_set_text(easy, CURLOPT_COPYPOSTFIELDS, bareCall)
  ccurl_set_data(easy, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
  let start = LoopInstant.monotonicNow
  for _ in 0..<count where ccurl_easy_perform(easy) != CURLE_OK { return nil }
  return Double(start.duration(to: .monotonicNow).nanoseconds) / 1e9
}
