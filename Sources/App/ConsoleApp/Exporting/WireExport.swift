import EventLoop
import JSON

/// Messages of the wire as files: a line of JSON each, or the exchanges as other tools read them.
enum WireExport {
  static func exports(_ state: ConsoleState) -> [Export] {
    let entries = state.markedOrAll.map { state.wire.entries[$0].shown(state.isRevealing) }
    let names = state.links.mapValues(\.name)
    let notes = state.notes
    return [
      Export("wire.jsonl") {
        entries.flatMap { entry in
          line(entry, names[entry.link] ?? "", notes[.wire, "\(entry.number)"]).compactBytes + [10]
        }
      },
      Export("wire.har") { Array(archive(entries).pretty.utf8) + [10] },
    ]
  }

  private static func line(
    _ entry: WireEntry, _ server: String, _ note: RowNotes.Note?
  ) -> JSON {
    var object: JSONObject = [
      "number": .number(JSONNumber(entry.number)), "at": .string(moment(entry.at)),
      "server": .string(server), "direction": .string(entry.isOutgoing ? "out" : "in"),
      "kind": .string(entry.kind.rawValue), "bytes": .number(JSONNumber(entry.size)),
    ]
    object["method"] = entry.method.isEmpty ? nil : .string(entry.method)
    object["pair"] = entry.partner.map { .number(JSONNumber($0)) }
    object["milliseconds"] = entry.milliseconds.map { .number(JSONNumber($0)) }
    note?.add(to: &object)
    object["message"] = message(entry)
    return .object(object)
  }

  /// The message itself; as text where it is no JSON, or only its beginning was kept.
  private static func message(_ entry: WireEntry) -> JSON? {
    if entry.bytes.isEmpty { return nil }
    do throws(JSONError) { return try JSON.parse(entry.bytes) } catch {
      return .string(String(decoding: entry.bytes, as: UTF8.self))
    }
  }

  // MARK: - HAR 1.2

  private static func archive(_ entries: [WireEntry]) -> JSON {
    let exchanges = entries.filter { $0.kind == .http }.map(exchange)
    return [
      "log": [
        "version": "1.2", "creator": ["name": "alidade", "version": "1"],
        "entries": .array(exchanges),
      ]
    ]
  }

  private static func exchange(_ entry: WireEntry) -> JSON {
    let facts = message(entry) ?? [:]
    let total = facts["timings"]?["total"] ?? 0
    return [
      "startedDateTime": .string(moment(entry.at)), "time": total,
      "request": [
        "method": facts["verb"] ?? "", "url": facts["url"] ?? "",
        "httpVersion": facts["version"] ?? "", "cookies": [], "queryString": [],
        "headers": headers(facts["requestHeaders"]), "headersSize": -1,
        "bodySize": facts["requestBytes"] ?? -1,
      ],
      "response": [
        "status": facts["status"] ?? 0, "statusText": facts["failure"] ?? "",
        "httpVersion": facts["version"] ?? "", "cookies": [], "redirectURL": "",
        "headers": headers(facts["responseHeaders"]), "headersSize": -1,
        "bodySize": facts["responseBytes"] ?? -1,
        "content": ["size": facts["responseBytes"] ?? 0, "mimeType": ""],
      ],
      "cache": [:], "timings": ["send": 0, "wait": total, "receive": 0],
    ]
  }

  private static func headers(_ fields: JSON?) -> JSON {
    .array(
      (fields?.object?.members ?? []).map { ["name": .string($0.key), "value": $0.value] })
  }

  private static func moment(_ wall: Int64) -> String {
    WallTime(microseconds: wall * 1000).description
  }
}
