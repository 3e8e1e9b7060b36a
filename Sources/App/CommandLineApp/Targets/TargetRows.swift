import Arguments

/// The words by which every command names its server, the same everywhere.
enum TargetRows {
  static let target = PositionalRow(
    ValueRow("TARGET", .known("targets")), yieldsToRest: true,
    help: "A URL, a quoted command line, or @name from the catalog")
  static let optionalTarget = PositionalRow(
    target.value, .optional, yieldsToRest: true, help: target.help)
  static let command = ValueRow("COMMAND ARGS…")

  static let header = OptionRow(
    "header", short: "H", takes: ValueRow("'NAME: VALUE'"), repeats: true,
    help: "Send a header with every request")
  static let variable = OptionRow(
    "env", short: "e", takes: ValueRow("NAME=VALUE"), repeats: true,
    help: "Set a variable of the server process; NAME alone passes ours on")
  static let directory = OptionRow(
    "cwd", takes: ValueRow("DIR", .directory), help: "Start the server process in that directory")
  static let transport = OptionRow(
    "transport", takes: ValueRow("KIND", .choice(["auto", "http", "sse", "stdio"])),
    help: "Try this transport only")
  static let version = OptionRow(
    "protocol", takes: ValueRow("VERSION", .known("versions")),
    help: "Speak this revision instead of negotiating one")
  static let authorities = OptionRow(
    "cacert", takes: ValueRow("FILE", .file),
    help: "Trust these authorities instead of the system's")
  static let certificate = OptionRow(
    "cert", takes: ValueRow("FILE", .file), help: "Present this client certificate")
  static let key = OptionRow("key", takes: ValueRow("FILE", .file), help: "Its private key")
  static let insecure = OptionRow("insecure", help: "Accept any certificate; always shown")
  static let timeout = OptionRow(
    "timeout", takes: ValueRow("SECONDS", .seconds),
    help: "Give up after that long without a word; progress extends it")
  static let fresh = OptionRow("fresh", help: "Negotiate anew instead of believing earlier times")
  static let verbose = OptionRow(
    "verbose", short: "v", help: "Tell the negotiation, the server's log and every oddity")

  /// What describes a server, whether it is spoken to or written down.
  static let description = [
    header, variable, directory, transport, version, authorities, certificate, key, insecure,
    timeout,
  ]

  static let options = description + [fresh, verbose, .json]

  /// For commands that call: they may sign in on the way.
  static let reaching = options + [SignInRows.underway]
}
