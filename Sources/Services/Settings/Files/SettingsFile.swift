import Glibc

/// Reading and replacing the files that people and other programs keep their settings in.
package enum SettingsFile {
  /// More than any client writes; a larger file is refused rather than read.
  package static let sizeLimit = 64 * 1_048_576

  /// The whole file, nil where there is none. A pipe or a device is refused, not waited for.
  package static func read(_ path: String) throws(FileFailure) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw failure(.open, path)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(.look, path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileFailure(step: .read, path: path, cause: .notAFile)
    }
    return try readAll(descriptor, path, expecting: Int(status.st_size))
  }

  private static func readAll(
    _ descriptor: Int32, _ path: String, expecting size: Int
  ) throws(FileFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(size, sizeLimit))
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = block.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count > 0 {
        bytes += block[..<count]
        guard bytes.count <= sizeLimit else {
          throw FileFailure(step: .read, path: path, cause: .tooLarge(limit: sizeLimit))
        }
      } else if errno != EINTR {
        throw failure(.read, path)
      }
    }
  }

  static func failure(_ step: FileFailure.Step, _ path: String) -> FileFailure {
    FileFailure(step: step, path: path, cause: .system(errno))
  }

  // MARK: - Looking around

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The names in a directory in order, none where there is no such directory.
  package static func names(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The file a link leads to, so that writing keeps the link; the path itself where there is none.
  static func target(of path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
