import Glibc

/// A file of fixed size that lies in memory: what is written there is in the kernel's hands, and outlives the process.
/// Its lock tells whether its writer lives.
final class SpoolFile {
  static let headerBytes = 64
  static let segmentBytes = 4 << 20
  static let size = headerBytes + 2 * segmentBytes

  let path: String
  let bytes: UnsafeMutableRawBufferPointer
  private let fd: Int32

  /// Which spool it is, in the store.
  var name: String { String(path.split(separator: "/").last ?? "") }

  /// Takes the descriptor over, also where there is no memory for it.
  private init?(_ path: String, _ fd: Int32, writable: Bool) {
    let access = writable ? PROT_READ | PROT_WRITE : PROT_READ
    let start = mmap(nil, Self.size, access, MAP_SHARED, fd, 0)
    guard let start, start != MAP_FAILED else {
      close(fd)
      return nil
    }
    self.path = path
    self.fd = fd
    bytes = UnsafeMutableRawBufferPointer(start: start, count: Self.size)
  }

  deinit {
    munmap(bytes.baseAddress, bytes.count)
    close(fd)
  }

  func remove() { unlink(path) }

  // MARK: - Finding and making

  private static func prefix(_ store: String) -> String { store + "-spool-" }

  /// A new one beside a store. All of its room is taken at once: no later write can find the disk full.
  static func make(beside store: String) -> SpoolFile? {
    let path = prefix(store) + String(UInt64.random(in: .min ... .max), radix: 36)
    let fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard fd >= 0 else { return nil }
    // Whoever looked between these two lines took it for abandoned and away.
    guard flock(fd, LOCK_EX | LOCK_NB) == 0, isAt(path, fd),
      posix_fallocate(fd, 0, off_t(size)) == 0
    else {
      unlink(path)
      close(fd)
      return nil
    }
    return SpoolFile(path, fd, writable: true)
  }

  /// All that lie beside a store.
  static func paths(beside store: String) -> [String] {
    let parts = store.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/"), base = prefix(String(parts.last ?? ""))
    let place = parts.count < 2 ? "." : folder.isEmpty ? "/" : folder
    guard let list = opendir(place) else { return [] }
    defer { closedir(list) }
    var found: [String] = []
    while let entry = readdir(list) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasPrefix(base) { found.append(parts.count < 2 ? name : "\(folder)/\(name)") }
    }
    return found.sorted()
  }

  /// One whose writer has gone, taken over; nil where the writer lives, or where the file is not to be had.
  static func abandoned(_ path: String) -> SpoolFile? {
    let fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    guard fd >= 0 else { return nil }
    guard flock(fd, LOCK_EX | LOCK_NB) == 0, isAt(path, fd) else {
      close(fd)
      return nil
    }
    let bytes = byteCount(fd)
    // Its writer ended before it had room: there is nothing in it. A longer one is none of this release.
    if bytes < size { unlink(path) }
    guard bytes == size else {
      close(fd)
      return nil
    }
    return SpoolFile(path, fd, writable: true)
  }

  /// One to look into, whoever writes it.
  static func reading(_ path: String) -> SpoolFile? {
    let fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard fd >= 0 else { return nil }
    guard byteCount(fd) == size else {
      close(fd)
      return nil
    }
    return SpoolFile(path, fd, writable: false)
  }

  private static func byteCount(_ fd: Int32) -> Int {
    var facts = stat()
    return fstat(fd, &facts) == 0 ? Int(facts.st_size) : .max
  }

  private static func isAt(_ path: String, _ fd: Int32) -> Bool {
    var there = stat(), here = stat()
    return stat(path, &there) == 0 && fstat(fd, &here) == 0 && there.st_ino == here.st_ino
      && there.st_dev == here.st_dev
  }
}

extension SpoolFile {
  /// The number of the last event that was put in, and of the last one that the store has.
  var written: UInt64 {
    get { bytes.load(fromByteOffset: 0, as: UInt64.self) }
    set { bytes.storeBytes(of: newValue, toByteOffset: 0, as: UInt64.self) }
  }
  var taken: UInt64 {
    get { bytes.load(fromByteOffset: 8, as: UInt64.self) }
    set { bytes.storeBytes(of: newValue, toByteOffset: 8, as: UInt64.self) }
  }

  func segment(_ index: Int) -> UnsafeMutableRawBufferPointer {
    let start = Self.headerBytes + index * Self.segmentBytes
    return UnsafeMutableRawBufferPointer(rebasing: bytes[start..<start + Self.segmentBytes])
  }
}
