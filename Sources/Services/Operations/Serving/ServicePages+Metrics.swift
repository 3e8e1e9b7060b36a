import Audit
import EventLoop
import Glibc
import HTTP
import HTTPCore
import MCPServer

extension ServicePages {
  /// Only for programs of this machine: they tell how much is done here, and by how many. What a proxy of this machine
  /// passes on comes from elsewhere.
  func metrics(_ request: HTTPServerRequest, _ server: HTTPServer?) -> Page {
    let isLocal =
      IPv4Address(request.peer)?.isLoopback ?? IPv6Address(request.peer)?.isLoopback ?? false
    let isPassedOn = ["Forwarded", "X-Forwarded-For"].contains(where: request.headers.contains)
    guard isLocal, !isPassedOn else { return Page(status: 403, type: "text/plain", body: "") }
    var out = MetricsText()
    let system = ("system", facts.system)
    out.family(
      "alidade_invocations_total", .counter, "Calls of tools, resources and prompts by outcome.",
      tally.calls.map { (kind: $0.kind.rawValue, outcome: $0.outcome.rawValue, $0.count) }
        .sorted { ($0.kind, $0.outcome) < ($1.kind, $1.outcome) }.map {
          ([system, ("kind", $0.kind), ("outcome", $0.outcome)], Double($0.2))
        })
    out.histogram(
      "alidade_invocation_seconds", "How long invocations took.", bounds: ServingTally.buckets,
      counts: tally.durations, sum: tally.seconds, count: tally.timed)
    out.family(
      "alidade_refusals_total", .counter, "Requests whose sender was not let in.",
      tally.refusals.sorted { $0.key < $1.key }.map {
        ([system, ("reason", $0.key)], Double($0.value))
      })
    out.family(
      "alidade_audit_lost_total", .counter, "Events that the audit did not take.",
      Double(tally.lost))
    if let server {
      out.family(
        "alidade_http_requests_total", .counter, "HTTP requests taken in.", Double(server.requests))
      out.family(
        "alidade_http_connections", .gauge, "Open HTTP connections.",
        Double(server.connectionCount))
    }
    process(&out)
    return Page(type: "text/plain; version=0.0.4", body: out.text)
  }

  private func process(_ out: inout MetricsText) {
    let up = facts.startedAt.duration(to: clock.now).milliseconds / 1000
    out.family("alidade_uptime_seconds", .gauge, "Since the server began.", up)
    var usage = rusage()
    guard getrusage(__rusage_who_t(UInt32(bitPattern: RUSAGE_SELF.rawValue)), &usage) == 0 else {
      return
    }
    let times = [usage.ru_utime, usage.ru_stime].map {
      Double($0.tv_sec) + Double($0.tv_usec) / 1e6
    }
    out.family(
      "process_cpu_seconds_total", .counter, "Processor time used.", times[0] + times[1])
    out.family(
      "process_max_resident_bytes", .gauge, "The most memory that was ever resident.",
      Double(usage.ru_maxrss) * 1024)
  }
}
