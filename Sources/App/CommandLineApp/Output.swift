package import JSON
import SafeText
import Synchronization

/// A stream of text out of the program.
///
/// It remembers its first failure and drops what comes after, so that commands write without looking at every line.
package final class Output: Sendable {
  /// Writes all bytes or answers with an error number.
  package typealias Sink = @Sendable ([UInt8]) -> Int32

  /// Whether a person is likely to read this.
  package let isTerminal: Bool
  private let sink: Sink
  private let state = Mutex(State())

  private struct State {
    var waiting: [UInt8] = []
    var failure: Int32 = 0
  }

  package init(isTerminal: Bool = false, sink: @escaping Sink) {
    self.isTerminal = isTerminal
    self.sink = sink
  }

  /// The error number of the first write that failed; 0 while all is well.
  package var failure: Int32 { state.withLock { $0.failure } }

  /// Text as it is; what a server sent must have been made safe before.
  package func write(_ text: String) { write(Array(text.utf8)) }

  package func line(_ text: String = "") { write(text + "\n") }

  /// A JSON document on a line of its own; what could act on a terminal is escaped in it.
  package func document(_ json: JSON) {
    json.writeCompact { [self] in write(SafeJSON.escaped($0)) }
    line()
  }

  /// A value as a peer wrote it, on a line of its own. What could act on a terminal is escaped where there may be
  /// one; text that is no UTF-8 is repaired.
  package func document(_ json: JSON, asReceived text: ArraySlice<UInt8>?) {
    guard var rest = text, Self.isUTF8(rest) else { return document(json) }
    if isTerminal {
      write(SafeJSON.escaped(Array(rest)))
    } else {
      while !rest.isEmpty {
        write(Array(rest.prefix(Self.piece)))
        rest = rest.dropFirst(Self.piece)
      }
    }
    line()
  }

  /// The same for a file.
  package static func bytes(of json: JSON, asReceived text: ArraySlice<UInt8>?) -> [UInt8] {
    guard let text, isUTF8(text) else { return SafeJSON.escaped(json.compactBytes) + [0x0A] }
    return text + [0x0A]
  }

  private static let piece = 65_536

  private static func isUTF8(_ text: ArraySlice<UInt8>) -> Bool {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: text.span)
      return true
    } catch {
      return false
    }
  }

  package func write(_ bytes: [UInt8]) {
    state.withLock { state in
      guard state.failure == 0 else { return }
      if bytes.count >= 65_536 {
        drain(&state)
        if state.failure == 0 { state.failure = sink(bytes) }
        return
      }
      state.waiting += bytes
      if state.waiting.count >= 65_536 { drain(&state) }
    }
  }

  /// Hands over what was written so far: before waiting for something, and at the end.
  package func flush() { state.withLock { drain(&$0) } }

  private func drain(_ state: inout State) {
    guard !state.waiting.isEmpty, state.failure == 0 else { return }
    state.failure = sink(state.waiting)
    state.waiting.removeAll(keepingCapacity: true)
  }
}
