/// What a person has written in `settings.toml` about the window: its looks, and other keys for its commands.
package struct WindowSettings: Sendable, Hashable {
  /// Keys for a command, as they stand there.
  package struct Binding: Sendable, Hashable {
    package let command: String
    /// None of them takes the command its keys.
    package let keys: [String]
    package let line: Int

    package init(command: String, keys: [String], line: Int) {
      self.command = command
      self.keys = keys
      self.line = line
    }
  }

  package static let name = "settings.toml"

  package var theme: String?
  package var isReadOnly = false
  package var isMouseOn = false
  package var hasSmallChrome = false
  /// Letters that move are text again: the arrows do it.
  package var hasArrowsOnly = false
  /// Servers that other people depend on: what may change something there is asked about first.
  package var production: [String] = []
  package var bindings: [Binding] = []
  /// What of the file is not understood, a sentence each.
  package private(set) var problems: [String] = []

  package init() {}

  /// Those of the user; without a file everything is as it comes.
  package init(places: ConfigPlaces) {
    self.init()
    do throws(FileFailure) {
      let path = ConfigPlaces.join(places.configuration, "alidade/\(Self.name)")
      if let bytes = try SettingsFile.read(path) { self.init(bytes) }
    } catch {
      problems = ["\(Self.name): \(error.sentence)"]
    }
  }

  package init(_ bytes: [UInt8]) {
    do throws(ConfigSyntaxError) {
      for member in try TOML.parse(bytes).members ?? [] {
        switch member.key {
        case "window": for wish in member.node.members ?? [] { takeWish(wish) }
        case "keys": takeKeys(member, [])
        default: complain(member, "there is no table \(member.key); there are window and keys")
        }
      }
    } catch {
      problems = ["\(Self.name), \(error)"]
    }
  }

  // MARK: - Reading

  private mutating func takeWish(_ member: ConfigNode.Member) {
    let node = member.node
    switch member.key {
    case "theme" where node.string != nil: theme = node.string
    case "read-only" where node.bool != nil: isReadOnly = node.bool == true
    case "mouse" where node.bool != nil: isMouseOn = node.bool == true
    case "prod" where node.elements?.allSatisfy({ $0.string != nil }) == true:
      production = node.elements?.compactMap(\.string) ?? []
    case "chrome" where ["min", "full"].contains(node.string): hasSmallChrome = node.string == "min"
    case "keymap" where ["standard", "arrows-only"].contains(node.string):
      hasArrowsOnly = node.string == "arrows-only"
    default:
      let what = Self.wishes[member.key].map { "\(member.key) takes \($0)" }
      let known = Self.wishes.keys.sorted().joined(separator: ", ")
      complain(member, what ?? "window has no \(member.key); there are \(known)")
    }
  }

  private static let wishes = [
    "theme": "the name of a theme", "read-only": "true or false", "mouse": "true or false",
    "prod": "names of servers in brackets", "chrome": "\"min\" or \"full\"",
    "keymap": "\"standard\" or \"arrows-only\"",
  ]

  /// The dots of a command's name are TOML's own, so that its parts are tables in tables.
  private mutating func takeKeys(_ member: ConfigNode.Member, _ path: [String]) {
    if let inner = member.node.members {
      for next in inner { takeKeys(next, path + [next.key]) }
      return
    }
    let command = path.joined(separator: ".")
    let names = member.node.string.map { [$0] } ?? member.node.elements?.map { $0.string ?? "" }
    guard let names, !path.isEmpty else {
      return complain(member, "\(command) takes the name of a key, or several in brackets")
    }
    bindings.append(
      Binding(
        command: command, keys: names.filter { !$0.isEmpty }, line: member.keyPosition.line))
  }

  private mutating func complain(_ member: ConfigNode.Member, _ sentence: String) {
    problems.append("\(Self.name), line \(member.keyPosition.line): \(sentence)")
  }
}
