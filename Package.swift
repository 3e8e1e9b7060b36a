// swift-tools-version: 6.2
import PackageDescription

// The house, bottom-up: a target uses only targets above its own row.
// SwiftPM does not hold that line by itself, ArchitectureTests does.

let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A C library behind one small target: headers and one-line `.c` files, no policy.
func shim(_ name: String, defines: [CSetting] = [], links libraries: String...) -> Target {
  .target(
    name: name, path: "Sources/C/\(name)", cSettings: defines,
    linkerSettings: libraries.map { .linkedLibrary($0) })
}

/// The version of a build that is made for others (scripts/version.sh); only the one file that holds it is compiled anew.
let release: [CSetting] =
  Context.environment["ALIDADE_VERSION"].flatMap { version in
    version.isEmpty ? nil : [.define("ALIDADE_VERSION", to: "\"\(version)\"")]
  } ?? []

/// The same for a library that only tests use.
func testShim(_ name: String, links libraries: String...) -> Target {
  .target(
    name: name, path: "Tests/C/\(name)",
    linkerSettings: libraries.map { .linkedLibrary($0) })
}

func room(_ name: String, in area: String, uses: String...) -> Target {
  .target(
    name: name, dependencies: uses.map { .byName(name: $0) },
    path: "Sources/\(area)/\(name)", swiftSettings: house, linkerSettings: [.linkedLibrary("m")])
}

func program(_ name: String, in area: String, uses: String...) -> Target {
  .executableTarget(
    name: name, dependencies: uses.map { .byName(name: $0) },
    path: "Sources/\(area)/\(name)", swiftSettings: house)
}

/// `goldens` are folders of expected outputs beside the tests.
func tests(
  of name: String, in area: String, goldens: [String] = [], uses: String...
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: ([name] + uses).map { .byName(name: $0) },
    path: "Tests/\(area)/\(name)Tests", exclude: goldens, swiftSettings: house)
}

/// What several test targets share.
func support(_ name: String, uses: String...) -> Target {
  .target(
    name: name, dependencies: uses.map { .byName(name: $0) }, path: "Tests/\(name)",
    swiftSettings: house)
}

/// Rules about the tree or the built program as a whole; links nothing of the house.
func treeTests(_ name: String, uses: String...) -> Target {
  .testTarget(
    name: name, dependencies: uses.map { .byName(name: $0) }, path: "Tests/\(name)",
    swiftSettings: house)
}

let package = Package(
  name: "alidade",
  targets: [
    // MARK: Tests
    support("TestSupport"),
    support("TestRandom"),
    treeTests("ArchitectureTests", uses: "TestSupport"),
    treeTests("EndToEndTests", uses: "TestSupport"),
    testShim("CVTerm", links: "vterm"),
    treeTests("WindowTests", uses: "CVTerm", "TestSupport"),

    // MARK: C
    shim("CCrypto"),
    shim("CCurl"),
    shim("CLinux"),
    shim("CRelease", defines: release),
    shim("CTLS"),
    shim("CPostgres"),
    shim("CPCRE", links: "pcre2-8"),
    shim("CSQLite", links: "sqlite3"),
    shim("CNcurses", links: "ncursesw", "tinfo"),

    // MARK: Base
    room("JSON", in: "Base"),
    tests(of: "JSON", in: "Base", uses: "TestRandom"),
    room("SafeText", in: "Base"),
    tests(of: "SafeText", in: "Base"),
    room("JSONSchema", in: "Base", uses: "JSON", "CPCRE"),
    tests(of: "JSONSchema", in: "Base", uses: "JSON"),
    room("HTTPCore", in: "Base"),
    tests(of: "HTTPCore", in: "Base", uses: "TestRandom"),
    room("JSONRPC", in: "Base", uses: "JSON"),
    tests(of: "JSONRPC", in: "Base", uses: "JSON"),
    room("Faults", in: "Base"),
    tests(of: "Faults", in: "Base"),

    // MARK: System
    room("EventLoop", in: "System", uses: "CLinux"),
    tests(of: "EventLoop", in: "System", uses: "CLinux"),
    room("Processes", in: "System", uses: "EventLoop", "CLinux"),
    tests(of: "Processes", in: "System", uses: "TestSupport", "EventLoop"),
    room("Crypto", in: "System", uses: "CCrypto"),
    tests(of: "Crypto", in: "System"),
    room("Keyring", in: "System"),
    tests(of: "Keyring", in: "System", uses: "EventLoop", "TestSupport"),
    support("ScriptedServer", uses: "EventLoop", "HTTPCore"),
    room("HTTP", in: "System", uses: "EventLoop", "HTTPCore", "CCurl", "CLinux", "CTLS"),
    tests(of: "HTTP", in: "System", uses: "EventLoop", "HTTPCore", "TestSupport", "ScriptedServer"),
    room("Database", in: "System", uses: "CPostgres", "CSQLite", "EventLoop"),
    tests(of: "Database", in: "System", uses: "EventLoop", "TestSupport"),

    // MARK: MCP
    room("MCPProtocol", in: "MCP", uses: "JSON"),
    tests(of: "MCPProtocol", in: "MCP", uses: "JSON"),
    room("MCPEras", in: "MCP", uses: "JSON", "JSONRPC", "MCPProtocol"),
    tests(of: "MCPEras", in: "MCP", uses: "JSON", "JSONRPC", "MCPProtocol"),
    room(
      "Transports", in: "MCP", uses: "JSON", "HTTPCore", "SafeText", "EventLoop", "Processes",
      "HTTP"),
    tests(
      of: "Transports", in: "MCP", uses: "TestSupport", "JSON", "HTTPCore", "EventLoop",
      "Processes", "HTTP",
      "ScriptedServer"),
    room(
      "Authorization", in: "MCP", uses: "JSON", "SafeText", "HTTPCore", "EventLoop", "HTTP",
      "Crypto", "Keyring"),
    tests(
      of: "Authorization", in: "MCP", uses: "JSON", "SafeText", "HTTPCore", "EventLoop", "Crypto",
      "TestSupport", "ScriptedServer"),
    room(
      "AuthorizationServer", in: "MCP", uses: "JSON", "SafeText", "HTTPCore", "Faults",
      "EventLoop", "Crypto", "HTTP", "Database", "Authorization"),
    tests(
      of: "AuthorizationServer", in: "MCP", uses: "JSON", "SafeText", "HTTPCore", "Faults",
      "EventLoop", "Crypto", "HTTP", "Authorization", "TestSupport"),
    room(
      "MCPClient", in: "MCP", uses: "JSON", "HTTPCore", "JSONRPC", "EventLoop", "MCPProtocol",
      "MCPEras", "Processes", "Transports"),
    tests(
      of: "MCPClient", in: "MCP", uses: "TestSupport", "JSON", "HTTPCore", "JSONRPC", "EventLoop",
      "Processes",
      "MCPProtocol", "MCPEras", "Transports"),
    room(
      "MCPServer", in: "MCP", uses: "JSON", "JSONSchema", "HTTPCore", "JSONRPC", "EventLoop",
      "HTTP", "MCPProtocol", "MCPEras"),
    tests(
      of: "MCPServer", in: "MCP", uses: "TestSupport", "JSON", "JSONSchema", "HTTPCore",
      "EventLoop", "HTTP",
      "MCPProtocol", "MCPEras", "Transports", "MCPClient"),

    // MARK: Mock
    room(
      "MockBackend", in: "Mock", uses: "JSON", "JSONSchema", "SafeText", "HTTPCore", "EventLoop",
      "HTTP", "Database"),
    tests(of: "MockBackend", in: "Mock", uses: "EventLoop"),
    room(
      "MockCatalogs", in: "Mock", uses: "JSON", "JSONSchema", "Faults", "HTTPCore", "EventLoop",
      "MCPProtocol", "MCPServer", "MockBackend"),
    tests(
      of: "MockCatalogs", in: "Mock", uses: "JSON", "JSONSchema", "EventLoop", "Database",
      "MCPProtocol", "MCPServer", "MockBackend"),

    // MARK: Services
    room("Settings", in: "Services", uses: "JSON", "SafeText"),
    tests(of: "Settings", in: "Services", uses: "JSON", "TestSupport"),
    room(
      "Audit", in: "Services", uses: "JSON", "SafeText", "EventLoop", "Crypto", "Database"),
    tests(
      of: "Audit", in: "Services", uses: "JSON", "EventLoop", "Crypto", "Database", "TestSupport"),
    room(
      "Keys", in: "Services", uses: "SafeText", "HTTPCore", "EventLoop", "Crypto", "Database"),
    tests(
      of: "Keys", in: "Services", uses: "SafeText", "HTTPCore", "EventLoop", "Database",
      "TestSupport"),

    room("Sessions", in: "Services", uses: "EventLoop", "Database"),
    tests(of: "Sessions", in: "Services", uses: "EventLoop", "Database", "TestSupport"),

    room(
      "Operations", in: "Services", uses: "JSON", "JSONRPC", "Faults", "HTTPCore", "EventLoop",
      "Processes", "HTTP", "SafeText", "Database", "MCPProtocol", "MCPEras", "Transports",
      "Crypto", "Authorization", "AuthorizationServer", "MCPClient", "MCPServer", "MockBackend",
      "MockCatalogs", "Settings", "Audit", "Keys", "Sessions"),
    tests(
      of: "Operations", in: "Services", uses: "JSON", "JSONSchema", "Faults", "HTTPCore",
      "EventLoop", "HTTP", "AuthorizationServer",
      "SafeText", "MCPProtocol", "MCPClient", "MCPServer", "MockBackend", "MockCatalogs",
      "Settings", "Audit", "Keys", "TestSupport"),

    room(
      "Diagnostics", in: "Services", uses: "JSON", "JSONSchema", "SafeText", "EventLoop",
      "MCPProtocol", "Settings", "Operations"),

    // MARK: Terminal
    room("TerminalCore", in: "Terminal", uses: "SafeText"),
    tests(of: "TerminalCore", in: "Terminal", uses: "TestSupport"),
    room("TerminalCurses", in: "Terminal", uses: "TerminalCore", "EventLoop", "CNcurses"),
    tests(of: "TerminalCurses", in: "Terminal", uses: "TerminalCore", "CNcurses"),

    room("Widgets", in: "Terminal", uses: "SafeText", "TerminalCore"),
    tests(of: "Widgets", in: "Terminal", uses: "TerminalCore"),

    support(
      "Fuzzing",
      uses: "JSON", "SafeText", "JSONSchema", "HTTPCore", "Settings", "TerminalCore", "TestRandom"),
    treeTests("FuzzTests", uses: "Fuzzing", "TestSupport"),

    // MARK: App
    room("Arguments", in: "App"),
    tests(of: "Arguments", in: "App"),
    room(
      "CommandLineApp", in: "App", uses: "CRelease", "JSON", "JSONSchema", "SafeText", "EventLoop",
      "Crypto", "Faults", "Authorization", "AuthorizationServer", "MCPProtocol", "Settings",
      "MockBackend", "Audit", "Keys", "Operations", "Diagnostics", "Arguments"),
    tests(
      of: "CommandLineApp", in: "App", uses: "JSON", "HTTPCore", "EventLoop", "Transports",
      "Faults", "AuthorizationServer", "Settings", "MockBackend", "Operations", "Arguments",
      "TestSupport", "ScriptedServer"),
    room(
      "ConsoleApp", in: "App", uses: "JSON", "JSONSchema", "SafeText", "HTTPCore", "EventLoop",
      "Crypto",
      "Authorization", "AuthorizationServer", "MCPProtocol", "MockBackend", "Faults", "Settings",
      "Audit", "Keys", "Operations", "Diagnostics",
      "TerminalCore", "Widgets"),
    tests(
      of: "ConsoleApp", in: "App", goldens: ["Screens"],
      uses: "JSON", "SafeText", "EventLoop", "Authorization", "AuthorizationServer", "MCPProtocol",
      "MockBackend",
      "Settings", "Audit", "Keys", "Operations", "Diagnostics", "TerminalCore",
      "Widgets", "TestSupport"),
    program(
      "alidade", in: "App", uses: "EventLoop", "Settings", "Operations", "TerminalCore",
      "TerminalCurses", "CommandLineApp", "ConsoleApp"),
    program(
      "alidade-bench", in: "App", uses: "CCurl", "JSON", "HTTPCore", "EventLoop", "HTTP",
      "MCPProtocol", "Settings", "Audit", "Operations", "TerminalCore", "TerminalCurses"),
    program("alidade-fuzz", in: "App", uses: "Fuzzing"),
  ]
)
