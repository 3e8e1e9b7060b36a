import Arguments
import Settings

/// The words that describe a new server: a target and its options.
enum ServerWords {
  static let target = PositionalRow(
    ValueRow("TARGET"), yieldsToRest: true, help: "A URL or a quoted command line")
  static let command = ValueRow("COMMAND ARGS…")

  private static let header = OptionRow(
    "header", short: "H", takes: ValueRow("'NAME: VALUE'"), repeats: true,
    help: "Send a header with every request")
  private static let variable = OptionRow(
    "env", short: "e", takes: ValueRow("NAME=VALUE"), repeats: true,
    help: "Set a variable of the server process; NAME alone passes ours on")
  private static let directory = OptionRow(
    "cwd", takes: ValueRow("DIR", .directory), help: "Start the server process in that directory")
  private static let transport = OptionRow(
    "transport", takes: ValueRow("KIND", .choice(TransportKind.allCases.map(\.rawValue))),
    help: "Use this transport only")
  private static let version = OptionRow(
    "protocol", takes: ValueRow("VERSION"), help: "Speak this revision instead of negotiating one")
  private static let authorities = OptionRow(
    "cacert", takes: ValueRow("FILE", .file),
    help: "Trust these authorities instead of the system's")
  private static let certificate = OptionRow(
    "cert", takes: ValueRow("FILE", .file), help: "Present this client certificate")
  private static let key = OptionRow("key", takes: ValueRow("FILE", .file), help: "Its private key")
  private static let insecure = OptionRow("insecure", help: "Accept any certificate; always shown")
  private static let timeout = OptionRow(
    "timeout", takes: ValueRow("SECONDS", .seconds), help: "Give up after that long")

  static let options = [
    header, variable, directory, transport, version, authorities, certificate, key, insecure,
    timeout,
  ]

  static func definition(
    _ arguments: ParsedArguments
  ) throws(CommandFailure) -> ServerDefinition {
    do throws(TargetError) {
      let target =
        arguments.rest.isEmpty
        ? try Target.parse(arguments[target] ?? "") : try Target.parse(command: arguments.rest)
      if let definition = try target.definition(with: options(arguments), in: []) {
        return definition
      }
    } catch {
      throw CommandFailure(error)
    }
    throw CommandFailure(.usage, "a built-in system needs no entry: demo:NAME reaches it anywhere")
  }

  private static func options(_ arguments: ParsedArguments) -> TargetOptions {
    var options = TargetOptions()
    options.headers = arguments.all(header)
    options.variables = arguments.all(variable)
    options.directory = arguments[directory]
    options.transport = arguments[transport]
    options.protocolVersion = arguments[version]
    options.authorities = arguments[authorities]
    options.certificate = arguments[certificate]
    options.key = arguments[key]
    options.isInsecure = arguments.has(insecure)
    options.timeout = arguments[timeout]
    return options
  }
}
