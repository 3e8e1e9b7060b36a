/// How long a call may take; nil never ends it.
package struct TimeLimits: Sendable, Hashable {
  /// Without a word from the server; progress starts it anew.
  package var idle: Duration?
  /// Altogether.
  package var total: Duration?
  /// Without anything new of a task that is followed; its server answers each time it is asked.
  package var task: Duration?

  package init(idle: Duration?, total: Duration?, task: Duration? = nil) {
    self.idle = idle
    self.total = total
    self.task = task
  }

  package static let standard = TimeLimits(idle: .seconds(60), total: .seconds(600))
  package static let none = TimeLimits(idle: nil, total: nil)
}
