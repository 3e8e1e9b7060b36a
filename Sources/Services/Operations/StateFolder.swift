import Glibc

/// The folder of what the program keeps between runs.
package enum StateFolder {
  /// `$XDG_STATE_HOME/alidade`, or the place that variable stands for; nil without a home.
  package static func path(in environment: [String: String]) -> String? {
    if let base = environment["XDG_STATE_HOME"], base.hasPrefix("/") { return "\(base)/alidade" }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return "\(home)/.local/state/alidade"
  }

  /// Makes the folder, for its owner only. What fails here is told by whoever opens a file in it.
  static func make(_ path: String) {
    var folder = ""
    for part in path.split(separator: "/") {
      folder += "/\(part)"
      mkdir(folder, 0o700)
    }
  }
}
