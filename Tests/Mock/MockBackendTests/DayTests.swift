import EventLoop
import Testing

@testable import MockBackend

@Suite struct DayTests {
  @Test func `days of the calendar are read and written the same`() {
    for text in [
      "1970-01-01", "2000-02-29", "2026-07-28", "2024-12-31", "1969-12-31", "0001-01-01",
    ] {
      #expect(Day(text)?.description == text)
    }
    #expect(Day("1970-01-01")?.number == 0)
    #expect(Day("2026-07-28")?.weekday == 1)
  }

  @Test func `what is no day of the calendar is none`() {
    for text in [
      "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "2026-7-28", "2026-07-28T00:00", "",
      "20260728", "2026-07-3x", "٢٠٢٦-07-28",
    ] { #expect(Day(text) == nil, "\(text)") }
  }

  @Test func `a moment belongs to its day`() {
    #expect(Day(WallTime(microseconds: -1)).description == "1969-12-31")
    #expect(Day(WallTime(microseconds: 86_400_000_000)).number == 1)
  }
}
