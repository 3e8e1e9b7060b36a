import Audit
import EventLoop
import TerminalCore
import Widgets

extension ScreenID {
  static let auditHistogram = ScreenID("auditHistogram")
}

extension ConsoleCommand.Scope {
  static let auditHistogram = Self(rawValue: "auditHistogram")
}

extension ScreenRow {
  /// When what is shown of the audit happened.
  static let auditHistogram = ScreenRow(
    id: .auditHistogram, title: "Histogram of the audit", crumbs: { _, _ in ["histogram"] },
    list: AuditHistogramScreen.source, showsWire: false,
    prepare: { state, _ in state.audit.settleHistogram() },
    commands: [
      ConsoleCommand(
        "histogram.only", "Show only this span of time", keys: [Key(.enter)],
        scope: .auditHistogram, hint: "only this",
        availability: { state in
          state.list.current == nil ? .disabled(reason: "nothing is selected") : .enabled
        },
        run: { state in
          guard let index = state.list.current else { return [] }
          let histogram = state.audit.histogram
          let since = histogram.buckets[index].start
          state.audit.change { ($0.since, $0.until) = (since, since + histogram.step) }
          _ = state.closeView()
          return state.say(.info, "only this span of time; \(state.windowKeys) show all")
        })
    ],
    draw: { state, _, canvas in
      ListScreenView(
        title: "Histogram", empty: TextView([.init("no row tells its time", .dim)]),
        remark: [Span("a row is \(state.audit.histogram.stepWords)", .dim)]
      ).draw(state, AuditHistogramScreen.source, on: &canvas)
    })
}

/// Rows by time, in steps that a person reads.
struct AuditHistogram: Sendable, Hashable {
  struct Bucket: Sendable, Hashable {
    let start: Int64
    var count = 0
    var troubled = 0
  }

  var buckets: [Bucket] = []
  /// Microseconds of a bucket.
  var step: Int64 = 1_000_000
  var madeOf: [Int] = []

  private static let most: Int64 = 60
  private static let steps: [(seconds: Int64, words: String)] = [
    (1, "1 s"), (5, "5 s"), (10, "10 s"), (30, "30 s"), (60, "1 min"), (300, "5 min"),
    (600, "10 min"), (1800, "30 min"), (3600, "1 h"), (10_800, "3 h"), (21_600, "6 h"),
    (43_200, "12 h"), (86_400, "1 day"), (604_800, "1 week"), (2_592_000, "30 days"),
    (31_536_000, "1 year"), (315_360_000, "10 years"), (31_536_000_000, "1000 years"),
  ]

  var stepWords: String { Self.steps.first { $0.seconds * 1_000_000 == step }?.words ?? "" }

  /// The finest step that needs no more rows than can be read.
  static func step(from first: Int64, to last: Int64) -> Int64 {
    let (span, isTooLong) = last.subtractingReportingOverflow(first)
    let seconds = isTooLong ? Int64.max : span / 1_000_000
    let fitting = steps.first { seconds / $0.seconds < most } ?? steps[steps.count - 1]
    return fitting.seconds * 1_000_000
  }
}

extension AuditState {
  mutating func settleHistogram() {
    let state = [revision, count, parts.count { $0.digest != nil }]
    guard histogram.madeOf != state else { return }
    var (first, last) = (Int64.max, Int64.min)
    forEachShown { digest, row in
      let time = digest.times[row]
      guard time != LogDigest.noTime else { return }
      (first, last) = (min(first, time), max(last, time))
    }
    histogram = AuditHistogram(madeOf: state)
    guard first <= last else { return }
    let step = AuditHistogram.step(from: first, to: last)
    let start = first - first % step
    var found: [Int64: AuditHistogram.Bucket] = [:]
    forEachShown { digest, row in
      let time = digest.times[row]
      guard time != LogDigest.noTime else { return }
      let place = start + (time - start) / step * step
      found[place, default: .init(start: place)].count += 1
      let verdict = digest.verdict(of: row)
      if verdict == .denied || verdict == .failed { found[place]?.troubled += 1 }
    }
    // Quiet spans are told too, unless there are more of them than of anything else.
    let all = stride(from: start, through: last, by: Int64.Stride(step)).prefix(1000)
    histogram.buckets = all.map { found[$0] ?? .init(start: $0) }
    histogram.step = step
  }
}

enum AuditHistogramScreen {
  static let source = ListSource(
    count: { state, _ in state.audit.histogram.buckets.count },
    key: { state, _, index in String(state.audit.histogram.buckets[index].start) },
    fields: { state, _, index in
      [WallTime(microseconds: state.audit.histogram.buckets[index].start).description]
    },
    revision: { state, _ in state.audit.histogram.hashValue }, table: table,
    cells: { state, _, index, signs in
      let buckets = state.audit.histogram.buckets
      let bucket = buckets[index]
      let most = buckets.map(\.count).max() ?? 1
      let time = WallTime(microseconds: bucket.start).description
      return [
        Span(String(time.prefix(16)).replacing("T", with: " "), .dim), Span(String(bucket.count)),
        Span(bucket.troubled > 0 ? String(bucket.troubled) : "", .levelWarn),
        Span(
          AuditBar.of(bucket.count, most, width: 60, signs),
          bucket.troubled * 2 > bucket.count ? .levelWarn : .stateRun),
      ]
    })

  private static let table = Table([
    .init("from (UTC)", width: 16, rank: 0),
    .init("count", width: 7, rank: 0, alignedRight: true),
    .init("bad", width: 5, rank: 1, alignedRight: true),
    .init("", width: 8, growth: 1, rank: 0),
  ])
}
