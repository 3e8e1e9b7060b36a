import Glibc

/// The files of this repository, found from where this source file lies.
package enum Repository {
  package static let root: String = {
    let here = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return here.dropLast(3).joined(separator: "/")
  }()

  /// The text of a file by its path from the root; nil where there is none.
  package static func text(of path: String) -> String? {
    bytes(of: path).map { String(decoding: $0, as: UTF8.self) }
  }

  package static func bytes(of path: String) -> [UInt8]? {
    guard let file = fopen("\(root)/\(path)", "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&block, 1, block.count, file), count > 0 {
      bytes += block[..<count]
    }
    return ferror(file) == 0 ? bytes : nil
  }

  /// Every file below a directory, as sorted paths from the root; hidden directories are left out.
  package static func files(under path: String, hidden: Bool = false) -> [String] {
    guard let directory = opendir(path.isEmpty ? root : "\(root)/\(path)") else { return [] }
    defer { closedir(directory) }
    var found: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name == "." || name == ".." || (name.hasPrefix(".") && !hidden) { continue }
      let inside = path.isEmpty ? name : "\(path)/\(name)"
      let isDirectory = entry.pointee.d_type == UInt8(DT_DIR)
      found += isDirectory ? files(under: inside, hidden: hidden) : [inside]
    }
    return found.sorted()
  }
}
