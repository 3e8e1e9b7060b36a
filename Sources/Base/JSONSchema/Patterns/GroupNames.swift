/// The capturing groups of a pattern, counted before translation because references may point forward.
struct GroupNames {
  private(set) var count = 0
  private(set) var numbers: [String: Int] = [:]

  init(_ input: [Unicode.Scalar]) {
    var index = 0
    var inClass = false
    while index < input.count {
      switch input[index] {
      case "\\": index += 1
      case "[": inClass = true
      case "]": inClass = false
      case "(" where !inClass: open(input, at: index)
      default: break
      }
      index += 1
    }
  }

  private mutating func open(_ input: [Unicode.Scalar], at index: Int) {
    let ahead = input[(index + 1)...].prefix(3)
    guard ahead.first == "?" else {
      count += 1
      return
    }
    let kinds = Array(ahead.dropFirst())
    guard kinds.first == "<", kinds.count == 2, kinds[1] != "=", kinds[1] != "!" else { return }
    count += 1
    var name = ""
    name.unicodeScalars.append(contentsOf: input[(index + 3)...].prefix { $0 != ">" })
    numbers[name] = numbers[name] ?? count
  }
}
