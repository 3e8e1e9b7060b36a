import Glibc

/// Stores on a medium that nobody can write, such as a copy for the record: SQLite reads them once it is told that they
/// do not change, for there is no place for the files that it keeps beside them.
enum ReadOnlyMedium {
  /// A log that was never moved into its store is not read that way: what stands in it would be missing.
  static func holds(_ path: String) -> Bool { isUnder(path) && !hasLog(path) }

  /// What cannot be read there because of its log.
  static func holdsUnmerged(_ path: String) -> Bool { isUnder(path) && hasLog(path) }

  private static func isUnder(_ path: String) -> Bool {
    var medium = statvfs()
    return statvfs(path, &medium) == 0 && medium.f_flag & readOnly != 0
  }

  private static func hasLog(_ path: String) -> Bool {
    var log = stat()
    return stat(path + "-wal", &log) == 0 && log.st_size > 0
  }

  private static let readOnly: UInt = 1

  /// The path as SQLite's URI for a file that does not change.
  static func address(of path: String) -> String {
    var text = "file:"
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"), 0x80...:
        let digits = String(byte, radix: 16)
        text += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
      default: text.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    return text + "?immutable=1"
  }
}
