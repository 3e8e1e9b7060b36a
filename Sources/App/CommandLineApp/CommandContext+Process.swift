import Glibc

extension CommandContext {
  /// The context of this process. A reader that goes away is an error number here, not a signal.
  package static func process() -> CommandContext {
    signal(SIGPIPE, SIG_IGN)
    occupyStandardDescriptors()
    return CommandContext(
      output: output(STDOUT_FILENO), errors: output(STDERR_FILENO),
      input: Input(
        isTerminal: isatty(STDIN_FILENO) == 1,
        line: { await TerminalLines.standardInput.next(isHidden: $0) }
      ) { limit throws(FileProblem) in
        try Descriptors.readAll(from: STDIN_FILENO, atMost: limit)
      },
      environment: currentEnvironment(), directory: currentDirectory(),
      file: { path, limit throws(FileProblem) in
        try Descriptors.readFile(path, atMost: limit)
      })
  }

  private static func output(_ descriptor: Int32) -> Output {
    Output(isTerminal: isatty(descriptor) == 1) { Descriptors.write($0, to: descriptor) }
  }

  /// A standard stream that was closed would be taken over by the next file we open;
  /// opened the wrong way round, its use still fails as it should.
  private static func occupyStandardDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  private static func currentEnvironment() -> [String: String] {
    var result: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let pair = String(cString: entry).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { result[String(pair[0])] = String(pair[1]) }
      next += 1
    }
    return result
  }

  private static func currentDirectory() -> String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }
}
