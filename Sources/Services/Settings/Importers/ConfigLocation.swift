/// Where a client keeps a configuration, relative to places that differ between users and machines.
package struct ConfigLocation: Sendable, Hashable {
  package enum Base: Sendable, Hashable {
    case home
    /// `$XDG_CONFIG_HOME`, usually `~/.config`
    case configuration
    /// `~/Library/Application Support`
    case macSupport
    /// `%APPDATA%`, where one is known
    case windowsData
    /// A directory that a variable names, else one in the home directory.
    case variable(String, fallback: String)
    /// The project directory and those above it.
    case project
  }

  package let base: Base
  /// One component may be `*`, which stands for every directory there.
  package let path: String
  /// Whether the file is for MCP servers only, so that one without servers is worth a word.
  package let isDedicated: Bool

  init(_ base: Base, _ path: String, isDedicated: Bool = true) {
    self.base = base
    self.path = path
    self.isDedicated = isDedicated
  }

  package var trust: Origin.Trust { base == .project ? .project : .user }
}

/// The directories that locations are relative to, all of them given from outside.
package struct ConfigPlaces: Sendable, Hashable {
  package var home: String
  /// The working directory.
  package var directory: String
  package var environment: [String: String]

  package init(home: String, directory: String, environment: [String: String]) {
    self.home = home
    self.directory = directory
    self.environment = environment
  }

  /// From a process's environment; without `HOME` the home directory is the root.
  package init(environment: [String: String], directory: String) {
    self.init(
      home: environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "/", directory: directory,
      environment: environment)
  }

  /// `$XDG_CONFIG_HOME` counts only where it is absolute.
  package var configuration: String {
    guard let path = environment["XDG_CONFIG_HOME"], path.hasPrefix("/") else {
      return Self.join(home, ".config")
    }
    return path
  }

  package static func join(_ base: String, _ path: String) -> String {
    if path.hasPrefix("/") { return path }
    return base.hasSuffix("/") ? base + path : base + "/" + path
  }

  /// The directory a location starts from; nil where this machine has none.
  func directory(of base: ConfigLocation.Base) -> String? {
    switch base {
    case .home: home
    case .configuration: configuration
    case .macSupport: Self.join(home, "Library/Application Support")
    case .windowsData: environment["APPDATA"]
    case .project: directory
    case .variable(let name, let fallback):
      environment[name].flatMap { $0.isEmpty ? nil : $0 } ?? Self.join(home, fallback)
    }
  }

  /// The working directory and those above it, up to the home directory or the root.
  var projectDirectories: [String] {
    var directories = [directory]
    var path = directory
    while path != home, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      path = String(path[..<slash])
      directories.append(path)
    }
    return directories.filter { $0 != home || $0 == directory }
  }
}
