package import EventLoop
import Glibc

/// The folder of what a server of ours keeps: keys, audit. For its owner only.
package struct DataFolder: Sendable, Hashable {
  package enum Store: String, Sendable, CaseIterable {
    case keys = "keys.db"
    case audit = "audit.db"
    case sessions = "sessions.db"
    case authorization = "authorization.db"
    case approvals = "approvals.db"
    case faults = "faults.json"
  }

  package let path: String

  package init(_ path: String) { self.path = path }

  /// `$XDG_DATA_HOME/alidade`, or the place that variable stands for; nil without a home.
  package static func path(in environment: [String: String]) -> String? {
    if let base = environment["XDG_DATA_HOME"], base.hasPrefix("/") { return "\(base)/alidade" }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return "\(home)/.local/share/alidade"
  }

  /// The store's path, whether it is there or not.
  package func file(_ store: Store) -> String { "\(path)/\(store.rawValue)" }

  /// Where the data of a system is kept.
  package func world(of system: String) -> String { "\(path)/world-\(system).db" }

  package func has(_ store: Store) -> Bool { access(file(store), F_OK) == 0 }

  /// Makes the folder and the store's file where they are missing, closed to others from the start: what the store
  /// puts beside its file has the same rights.
  package func prepare(_ store: Store) throws(SystemError) -> String {
    try Self.prepare(file(store))
  }

  /// The same for any file.
  static func prepare(_ file: String) throws(SystemError) -> String {
    let path = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    var folder = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      folder += "/\(part)"
      guard mkdir(folder, 0o700) == 0 || errno == EEXIST || access(folder, F_OK) == 0 else {
        throw .current(folder)
      }
    }
    let fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    let code = errno
    // A store on a read-only disk can still be read; opening it says the rest.
    let isClosed = code == EROFS || code == EACCES
    guard fd >= 0 || isClosed && access(file, F_OK) == 0 else {
      throw SystemError(call: file, code: code)
    }
    if fd >= 0 { close(fd) }
    return file
  }
}
