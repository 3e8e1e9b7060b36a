import Glibc

/// The kinds of input that `make` writes, each of about that many bytes.
private let inputs: [(name: String, text: @Sendable (Int) -> [UInt8])] = [
  (
    "tools",
    { size in
      var list = ToolsList(seed: 20_250_711)
      return list.text(ofAbout: size)
    }
  ),
  ("zeros", { array(of: "0", ofAbout: $0) }),
  ("empty", { array(of: "[]", ofAbout: $0) }),
]

/// Writes a generated input file.
func makeInput(_ words: [String]) -> Bool {
  guard words.count == 3, let size = Int(words[1]),
    let input = inputs.first(where: { $0.name == words[0] })
  else { return false }
  let bytes = input.text(size)
  guard let file = fopen(words[2], "w") else { return false }
  defer { fclose(file) }
  return fwrite(bytes, 1, bytes.count, file) == bytes.count
}

/// The same value over and over: the most values that so many bytes can hold.
private func array(of value: String, ofAbout size: Int) -> [UInt8] {
  var bytes = Array("[\(value)".utf8)
  bytes.reserveCapacity(size + 16)
  let entry = Array(",\(value)".utf8)
  while bytes.count < size { bytes += entry }
  return bytes + "]".utf8
}
