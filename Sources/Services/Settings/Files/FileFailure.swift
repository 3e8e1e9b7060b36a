import Glibc

/// Why a settings file could not be read or written.
package struct FileFailure: Error, Sendable, Hashable {
  package enum Step: String, Sendable, Hashable {
    case open, read, create, write, sync, rename, lock, look = "look at"
  }

  package enum Cause: Sendable, Hashable {
    case system(Int32)
    case notAFile
    case tooLarge(limit: Int)
    /// Someone else wrote the file between our reading and our writing.
    case changedMeanwhile
    case lockedTooLong
  }

  package let step: Step
  package let path: String
  package let cause: Cause

  package var sentence: String {
    switch cause {
    case .system(let number): "cannot \(step.rawValue) \(path): \(Self.words(number))"
    case .notAFile: "\(path) is no regular file"
    case .tooLarge(let limit): "\(path) is larger than \(limit / 1_048_576) MiB"
    case .changedMeanwhile: "\(path) was changed by another program just now; nothing was written"
    case .lockedTooLong: "another alidade holds the lock of \(path)"
    }
  }

  private static func words(_ number: Int32) -> String {
    strerror(number).map { String(cString: $0) } ?? "error \(number)"
  }
}
