import Glibc

/// A thread with a large stack that is waited for at once: recursion without the limits of the caller's own stack.
enum DeepStack {
  private static let bytes = 128 << 20

  /// Calls the body there; nil where no thread can be had.
  static func run<Answer>(_ body: () -> Answer) -> Answer? {
    withoutActuallyEscaping(body) { body in
      let task = Task(body)
      return start(task) ? task.answer : nil
    }
  }

  private final class Task<Answer>: Work {
    private let body: () -> Answer
    private(set) var answer: Answer?

    init(_ body: @escaping () -> Answer) { self.body = body }

    override func perform() { answer = body() }
  }

  private class Work {
    func perform() {}
  }

  private static func start(_ work: Work) -> Bool {
    withUnsafeTemporaryAllocation(of: pthread_attr_t.self, capacity: 1) { buffer in
      guard let attributes = buffer.baseAddress, pthread_attr_init(attributes) == 0 else {
        return false
      }
      defer { pthread_attr_destroy(attributes) }
      guard pthread_attr_setstacksize(attributes, bytes) == 0 else { return false }
      return start(work, attributes)
    }
  }

  private static func start(_ work: Work, _ attributes: UnsafePointer<pthread_attr_t>) -> Bool {
    var thread: pthread_t = 0
    // Nothing is shared for longer than the join below, so the work is passed without being owned.
    let context = Unmanaged.passUnretained(work).toOpaque()
    let status = pthread_create(
      &thread, attributes,
      { context in
        guard let context else { return nil }
        Unmanaged<Work>.fromOpaque(context).takeUnretainedValue().perform()
        return nil
      }, context)
    return status == 0 && pthread_join(thread, nil) == 0
  }
}
