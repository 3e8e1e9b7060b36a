import JSON

/// The words of a call with all that each can mean: which of it is meant, the schema says of them together.
struct ArgumentReadings {
  struct Slot {
    let key: String
    let path: [String]
    /// The likeliest first, one at least.
    let readings: [JSON]
  }

  let slots: [Slot]
  let base: JSONObject
  let schema: JSON?

  /// More would take longer than a person who types the words is used to wait.
  private static let mostTried = 256

  /// The first choice that fits the schema, or else the one with the least to say against it.
  func best() -> (object: JSONObject, fits: () -> Bool) {
    let validator = schema.map { SchemaValidator($0, options: .ofServers) }
    let likeliest = object(0)
    let found = { (object: JSONObject) in validator.map { Self.faults(in: object, $0) } ?? 0 }
    guard validator != nil, choices > 1 else { return (likeliest, { found(likeliest) == 0 }) }
    var best = (object: likeliest, faults: found(likeliest))
    for number in 1..<choices where best.faults > 0 {
      let next = object(number)
      let faults = found(next)
      if faults < best.faults { best = (next, faults) }
    }
    return (best.object, { best.faults == 0 })
  }

  /// How many there are to try.
  private var choices: Int {
    slots.reduce(1) { min($0 * $1.readings.count, Self.mostTried) }
  }

  private static func faults(in object: JSONObject, _ validator: SchemaValidator) -> Int {
    let check = validator.validate(.object(object))
    return check.isValid || check.isUndecided ? 0 : check.violations.count
  }

  /// Every number stands for a choice of readings, 0 for the likeliest of each.
  private func object(_ number: Int) -> JSONObject {
    var rest = number
    var result = base
    var seen: Set<String> = []
    for slot in slots {
      let (more, index) = rest.quotientAndRemainder(dividingBy: slot.readings.count)
      rest = more
      result = ArgumentAssignments.laid(
        slot.readings[index], at: slot.path[...], over: result,
        appending: !seen.insert(slot.key).inserted)
    }
    return result
  }
}
