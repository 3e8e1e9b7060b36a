import Arguments

extension Command {
  /// Every command of the program; a new one is a file in Commands and a row here.
  package static let all: [Command] = [
    .list,
    .call,
    .read,
    .prompt,
    .completeArgument,
    .watch,
    .info,
    .doctor,
    .check,
    .pin,
    .diff,
    .ping,
    .raw,
    .record,
    .historyList,
    .historyShow,
    .historyReplay,
    .serve,
    .backend,
    .systems,
    .validate,
    .demo,
    .open,
    .version,
    .help,
    .completions,
    .man,
    .complete,
    .conformanceClient,
    .keysCreate,
    .keysList,
    .keysShow,
    .keysRevoke,
    .keysRotate,
    .clientsList,
    .clientsCreate,
    .clientsRemove,
    .clientsRotate,
    .consentsList,
    .consentsRevoke,
    .approvalsList,
    .approvalsApprove,
    .approvalsReject,
    .faultsList,
    .faultsOn,
    .faultsOff,
    .auditTail,
    .auditSearch,
    .auditVerify,
    .auditExport,
    .auditCount,
    .auditHistogram,
    .auditReplay,
    .authLogin,
    .authStatus,
    .authToken,
    .authScopes,
    .authRefresh,
    .authRevoke,
    .authLogout,
    .serversList,
    .serversShow,
    .serversAdd,
    .serversRemove,
    .serversImport,
    .serversInstall,
  ]
}

extension Grammar {
  static let alidade = alidade(Command.all)

  static func alidade(_ commands: [Command]) -> Grammar {
    Grammar(
      program: "alidade", summary: "operate and inspect MCP servers",
      commands: commands.map(\.row))
  }
}
