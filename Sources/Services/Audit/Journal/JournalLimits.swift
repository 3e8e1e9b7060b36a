/// How much of the past the journal keeps: the oldest goes first.
package struct JournalLimits: Sendable, Hashable {
  package var calls: Int
  package var frames: Int
  /// Of all frames and answers together.
  package var bytes: Int
  /// Of one frame or answer; what is longer keeps its beginning.
  package var bytesEach: Int

  package init(
    calls: Int = 10_000, frames: Int = 50_000, bytes: Int = 64 << 20, bytesEach: Int = 1 << 20
  ) {
    self.calls = calls
    self.frames = frames
    self.bytes = bytes
    self.bytesEach = bytesEach
  }
}
