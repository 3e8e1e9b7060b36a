import Glibc

extension SettingsFile {
  /// Replaces a file in one step: readers see the old or the new content, never a part.
  ///
  /// - Parameters:
  ///   - old: what the change was made from, nil for no file; if that is not there any more, nothing is written.
  ///   - isPrivate: takes all rights from others, who may otherwise keep those they have.
  package static func replace(
    _ path: String, with bytes: [UInt8], expecting old: [UInt8]?, isPrivate: Bool
  ) throws(FileFailure) {
    let path = target(of: path)
    try makeDirectory(directory(of: path))
    let mode = isPrivate ? 0o600 : self.mode(of: path) ?? 0o644
    let temporary = try writeTemporary(bytes, beside: path, mode: mode)
    guard try read(path) == old else {
      unlink(temporary)
      throw FileFailure(step: .write, path: path, cause: .changedMeanwhile)
    }
    guard rename(temporary, path) == 0 else {
      let failure = failure(.rename, path)
      unlink(temporary)
      throw failure
    }
    syncDirectory(directory(of: path))
  }

  /// Copies a file beside itself under the first free name; nil where there was nothing to copy.
  package static func backUp(_ path: String) throws(FileFailure) -> String? {
    let path = target(of: path)
    guard let bytes = try read(path) else { return nil }
    var name = path + ".bak"
    var number = 2
    while exists(name) {
      name = "\(path).bak\(number)"
      number += 1
    }
    let temporary = try writeTemporary(bytes, beside: name, mode: mode(of: path) ?? 0o600)
    guard rename(temporary, name) == 0 else { throw failure(.rename, name) }
    return name
  }

  /// Makes a directory and those above it, for the user alone.
  package static func makeDirectory(_ path: String) throws(FileFailure) {
    guard !path.isEmpty, !exists(path) else { return }
    try makeDirectory(directory(of: path))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(.create, path) }
  }

  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func mode(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
  }

  private static func writeTemporary(
    _ bytes: [UInt8], beside path: String, mode: mode_t
  ) throws(FileFailure) -> String {
    var template = Array("\(path).XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let temporary = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? path
    }
    guard descriptor >= 0 else { throw failure(.create, path) }
    defer { close(descriptor) }
    do throws(FileFailure) {
      guard fchmod(descriptor, mode) == 0 else { throw failure(.create, path) }
      try write(bytes, to: descriptor, path)
      guard fsync(descriptor) == 0 else { throw failure(.sync, path) }
    } catch {
      unlink(temporary)
      throw error
    }
    return temporary
  }

  private static func write(
    _ bytes: [UInt8], to descriptor: Int32, _ path: String
  ) throws(FileFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw failure(.write, path)
      }
    }
  }

  /// Makes the rename itself last; a file system that cannot is not worse off than before.
  private static func syncDirectory(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
