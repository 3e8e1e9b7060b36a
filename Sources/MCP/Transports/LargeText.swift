import EventLoop

/// Texts that take long to read are read beside the loop, so that neither keys nor other connections wait for them.
package enum LargeText {
  package static let bytes = 256 << 10

  /// What is made of a text of that size.
  @LoopActor
  static func read<Value: Sendable>(
    _ size: Int, _ work: @escaping @Sendable () -> Value
  ) async -> Value {
    guard size > bytes else { return work() }
    // Only work that throws could fail, and this throws nothing.
    do { return try await LoopActor.loop.blocking("text", work) } catch { return work() }
  }
}
