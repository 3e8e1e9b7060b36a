import Glibc

/// Files for the user alone. No link is followed, and a reader sees the old or the new content, never a part.
struct PrivateFolder: Sendable {
  let path: String

  func names(ending suffix: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(suffix) { names.append(name) }
    }
    return names.sorted()
  }

  /// Nil where there is no such file.
  func read(_ name: String) throws(AuthorizationFailure) -> [UInt8]? {
    try WholeFile.read("\(path)/\(name)", following: false)
  }

  func write(_ bytes: [UInt8], to name: String) throws(AuthorizationFailure) {
    try make()
    var template = Array("\(path)/.\(name).XXXXXX".utf8CString)
    let fd = mkstemp(&template)
    guard fd >= 0 else { throw failure("write", name) }
    _ = fcntl(fd, F_SETFD, FD_CLOEXEC)
    let temporary = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
    let isWritten = fchmod(fd, 0o600) == 0 && Self.write(bytes, fd) && fsync(fd) == 0
    let isClosed = close(fd) == 0
    guard isWritten, isClosed, let temporary, rename(temporary, "\(path)/\(name)") == 0 else {
      let failure = failure("write", name)
      if let temporary { unlink(temporary) }
      throw failure
    }
  }

  func remove(_ name: String) throws(AuthorizationFailure) {
    guard unlink("\(path)/\(name)") == 0 || errno == ENOENT else { throw failure("remove", name) }
  }

  /// Makes the folder and those above it; one that others may look into is closed to them.
  func make() throws(AuthorizationFailure) {
    var folder = ""
    for part in path.split(separator: "/") {
      folder += "/\(part)"
      guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure("make", "") }
    }
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .store("\(path) is no folder")
    }
    guard status.st_uid == geteuid() else { throw .store("\(path) belongs to another user") }
    if status.st_mode & 0o077 != 0 { chmod(path, 0o700) }
  }

  private static func write(_ bytes: [UInt8], _ fd: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(fd, $0.baseAddress, $0.count) }
      if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return false }
    }
    return true
  }

  func failure(_ verb: String, _ name: String) -> AuthorizationFailure {
    let words = strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
    return .store("cannot \(verb) \(path)\(name.isEmpty ? "" : "/")\(name): \(words)")
  }
}

/// Small files for the user alone, read and written whole.
package enum WholeFile {
  private static let sizeLimit = 1 << 20

  /// The folder is made where it is not there.
  package static func write(
    _ bytes: [UInt8], to path: String
  ) throws(AuthorizationFailure) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = PrivateFolder(path: parts.dropLast().joined(separator: "/"))
    try folder.write(bytes, to: parts.last.map(String.init) ?? "")
  }

  /// Nil where there is no such file. A pipe or a device is not waited for.
  package static func read(
    _ path: String, following: Bool = true
  ) throws(AuthorizationFailure) -> [UInt8]? {
    let fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (following ? 0 : O_NOFOLLOW))
    guard fd >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw failure(path)
    }
    defer { close(fd) }
    var bytes = [UInt8](repeating: 0, count: sizeLimit)
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(fd, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path) }
      if count == 0 { break }
      filled += count
    }
    return Array(bytes[..<filled])
  }

  private static func failure(_ path: String) -> AuthorizationFailure {
    let words = strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
    return .store("cannot read \(path): \(words)")
  }
}
