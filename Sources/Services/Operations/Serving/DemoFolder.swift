import Glibc
import Settings

/// Where a demo keeps everything for as long as it lasts: records, sign-ins, history. Nothing of the user's is touched.
package struct DemoFolder: Sendable {
  package let path: String

  package init(_ environment: [String: String]) throws(OperationFailure) {
    // Nothing of it has to outlive a power cut: no write waits for a disk.
    path = try PrivateFile.folder(environment, inMemory: true)
  }

  /// The user's environment with that folder in the place of their own. No key of a desktop is asked for.
  package func environment(over environment: [String: String]) -> [String: String] {
    var own = environment
    own["XDG_DATA_HOME"] = "\(path)/data"
    own["XDG_STATE_HOME"] = "\(path)/state"
    own["DBUS_SESSION_BUS_ADDRESS"] = nil
    return own
  }

  /// What cannot be removed is left to whoever cleans the folder of passing files.
  package func remove() { Self.remove(path) }

  /// A link is removed, not what it leads to.
  private static func remove(_ path: String) {
    guard unlink(path) != 0 else { return }
    for name in SettingsFile.names(in: path) { remove("\(path)/\(name)") }
    rmdir(path)
  }
}
