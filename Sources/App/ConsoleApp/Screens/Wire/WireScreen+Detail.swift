import JSON
import SafeText
import TerminalCore
import Widgets

/// A message in words, with the other half of its pair.
extension WireScreen {
  private static let mostShown = 64 << 10

  /// The message and then its other half.
  static func detail(_ entry: WireEntry, _ state: ConsoleState) -> TextView {
    var lines = Lines(signs: state.signs)
    state.note(.wire, "\(entry.number)")?.tell(&lines)
    add(entry, &lines)
    if let partner = entry.partner.flatMap({ state.shownEntry($0) }) {
      lines.gap()
      lines.plain(partner.kind == .request ? "The request" : "The answer", .title)
      add(partner, &lines)
    }
    return lines.text
  }

  /// The message as the bytes it is.
  static func hex(_ entry: WireEntry, _ state: ConsoleState) -> TextView {
    var lines = Lines(signs: state.signs)
    let bytes = ResultBlob(mimeType: "", uri: "", bytes: entry.bytes)
    for line in HexLines.of(bytes, ResultKeys(state), isWhole: true) {
      lines.plain(line.text, line.role)
    }
    if entry.size > entry.bytes.count {
      lines.plain("the first \(entry.bytes.count) of \(entry.size) bytes were kept", .stateWarn)
    }
    return lines.text
  }

  /// One message alone.
  static func half(_ entry: WireEntry, _ state: ConsoleState) -> TextView {
    var lines = Lines(signs: state.signs)
    add(entry, &lines)
    return lines.text
  }

  private static func add(_ entry: WireEntry, _ lines: inout Lines) {
    let time = entry.kind == .request ? "" : entry.milliseconds.map { ", after \($0) ms" } ?? ""
    lines.plain(
      "\(entry.isOutgoing ? "sent" : "received") \(clock(entry.at)), \(entry.size) bytes\(time)",
      .dim)
    if entry.kind == .http, let facts = json(of: entry) { return exchange(facts, &lines) }
    if entry.kind == .log { return lines.block(String(decoding: entry.bytes, as: UTF8.self)) }
    lines.json(pretty(entry))
  }

  static func pretty(_ entry: WireEntry) -> String {
    if let json = json(of: entry) { return json.pretty }
    let text = String(decoding: entry.bytes.prefix(mostShown), as: UTF8.self)
    return entry.size <= mostShown
      ? text : text + "\n… the first \(mostShown) of \(entry.size) bytes"
  }

  /// What is all there, no longer than one looks at, and JSON.
  private static func json(of entry: WireEntry) -> JSON? {
    guard entry.size == entry.bytes.count, entry.size <= mostShown else { return nil }
    do throws(JSONError) { return try JSON.parse(entry.bytes) } catch { return nil }
  }

  // MARK: - HTTP

  private static let steps = [
    "nameLookup": "name", "connected": "connected", "secured": "secured",
    "firstByte": "first byte", "total": "all",
  ]

  /// Who was asked, how long each step took, and what the headers say.
  private static func exchange(_ facts: JSON, _ lines: inout Lines) {
    func text(_ key: String) -> String { facts[key]?.string ?? facts[key]?.compact ?? "" }
    lines.plain(lines.signs.safe("\(text("verb")) \(text("url"))", limit: 2000).text, .title)
    lines.add("status", "\(text("status")) \(text("version"))")
    lines.add("failure", text("failure"), .error)
    lines.add("peer", text("peer"))
    lines.add("proxy", text("proxy"))
    if facts["insecure"]?.bool == true {
      lines.add("tls", "certificates are not checked", .stateWarn)
    }
    if facts["reused"]?.bool == true { lines.add("reused", "the connection was kept") }
    let timings = (facts["timings"]?.object?.members ?? []).map { step in
      "\(steps[step.key] ?? step.key) \(step.value.compact) ms"
    }
    lines.add("timings", timings.joined(separator: ", "))
    headers("Sent \(text("requestBytes")) bytes", facts["requestHeaders"], &lines)
    headers("Received \(text("responseBytes")) bytes", facts["responseHeaders"], &lines)
    guard let certificates = facts["certificates"] else { return }
    lines.gap()
    lines.plain("Certificates", .title)
    lines.json(certificates.pretty)
  }

  private static func headers(_ title: String, _ headers: JSON?, _ lines: inout Lines) {
    lines.gap()
    lines.plain(title, .title)
    for header in headers?.object?.members ?? [] {
      lines.add(header.key, header.value.string ?? header.value.compact)
    }
  }
}
