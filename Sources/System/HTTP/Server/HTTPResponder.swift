package import EventLoop
package import HTTPCore

/// Answers one request, at once or later. Once the request is over, by answer or by its client's going, nothing it
/// is told has an effect.
@LoopActor
package struct HTTPResponder {
  private let connection: HTTPServerConnection
  private let exchange: UInt64

  init(_ connection: HTTPServerConnection, exchange: UInt64) {
    self.connection = connection
    self.exchange = exchange
  }

  private var current: HTTPServerConnection? {
    connection.exchange?.number == exchange ? connection : nil
  }

  /// Whether an answer can still reach the client.
  package var isOpen: Bool { current != nil }

  /// Header lines that the answer shall have whoever gives it.
  package func add(_ fields: HTTPFields) { current?.exchange?.added = fields }

  /// The whole answer.
  package func respond(status: Int, headers: HTTPFields = HTTPFields(), body: [UInt8] = []) {
    current?.respond(status, headers, body)
  }

  /// The head of an answer whose body follows in pieces. An event stream is kept alive by comments.
  package func begin(status: Int, headers: HTTPFields) { current?.begin(status, headers) }

  /// A piece of the body. Look at `pendingBytes` before writing much.
  package func write(_ bytes: [UInt8]) { current?.writePiece(bytes) }

  /// The body is whole.
  package func finish() { current?.finish() }

  /// Ends the connection without an answer, or in the middle of one.
  package func abort() { current?.close() }

  /// What the client has not taken yet.
  package var pendingBytes: Int { current?.outbox.count ?? 0 }

  /// Called once when the client goes before the answer is whole, or the server drops it.
  package var onClosed: (@LoopActor () -> Void)? {
    get { current?.exchange?.onClosed }
    nonmutating set { current?.exchange?.onClosed = newValue }
  }

  /// Called whenever all that was written has been taken by the client.
  package var onDrained: (@LoopActor () -> Void)? {
    get { current?.exchange?.onDrained }
    nonmutating set { current?.exchange?.onDrained = newValue }
  }
}
