/// What a member of a server's entry means, whatever a client calls it.
enum EntryField: Sendable, Hashable {
  case type
  case url(TransportKind)
  case command, arguments, environment, directory
  /// Names of variables that are passed on from the client's own environment.
  case passedVariables
  case headers
  /// Header names with the names of the variables that hold their values.
  case headerVariables
  /// The name of the variable that holds the bearer token.
  case bearerVariable
  /// The bearer token itself, which no client of ours takes under a name of its own.
  case bearer
  case disabled, enabled
  case milliseconds, seconds
  case protocolVersion, note
  case authorities, certificate, key, insecure
  /// A file of variables that the client reads when it starts the server.
  case environmentFile
  /// A member that another reader of this program takes, or that only its client needs.
  case kept

  /// Whether two names stand for the same thing, so that one can be suggested for the other.
  func isSameRole(as other: EntryField) -> Bool {
    switch (self, other) {
    case (.url, .url): true
    case (.kept, .kept): false
    case (.bearer, .bearerVariable), (.bearerVariable, .bearer): true
    default: self == other
    }
  }

  /// Every name that any client or hand-written file was seen to use.
  static let everyName: [String: EntryField] = [
    "type": .type, "transport": .type, "transportType": .type, "kind": .type,
    "url": .url(.auto), "uri": .url(.auto), "serverUrl": .url(.auto), "httpUrl": .url(.http),
    "sseUrl": .url(.sse), "endpoint": .url(.auto), "baseUrl": .url(.auto), "server": .url(.auto),
    "address": .url(.auto), "href": .url(.auto),
    "command": .command, "cmd": .command, "exec": .command, "program": .command,
    "executable": .command,
    "args": .arguments, "arguments": .arguments, "argv": .arguments, "arg": .arguments,
    "env": .environment, "environment": .environment, "envs": .environment,
    "envVars": .environment, "environmentVariables": .environment,
    "envFile": .environmentFile, "env_file": .environmentFile,
    "env_vars": .passedVariables, "env_keys": .passedVariables,
    "headers": .headers, "http_headers": .headers, "header": .headers, "httpHeaders": .headers,
    "env_http_headers": .headerVariables, "bearer_token_env_var": .bearerVariable,
    "bearer_token": .bearer,
    "cwd": .directory, "workingDirectory": .directory, "workdir": .directory,
    "disabled": .disabled, "enabled": .enabled,
  ]
}
