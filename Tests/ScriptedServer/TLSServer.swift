package import EventLoop
package import Glibc

/// `openssl s_server` on loopback with a certificate made for the test.
@LoopActor
package final class TLSServer {
  package enum Certificate: Sendable {
    case valid, expired, notYetValid
    /// By an authority that nobody knows; the server sends only its own.
    case unknownIssuer
    /// Made for clients alone.
    case wrongPurpose
  }

  package let port: Int
  private let folder: String
  package var certificate: String { folder + "/cert.pem" }
  package var key: String { folder + "/key.pem" }
  private let process: pid_t

  package nonisolated static let isAvailable = Shell.run("command -v openssl >/dev/null") == 0

  /// The certificate is for `localhost` alone.
  package init(_ kind: Certificate = .valid, flags: String = "") async throws {
    let folder = Shell.temporaryFolder()
    self.folder = folder
    (process, port) = try await LoopActor.loop.blocking {
      guard Shell.run(Self.recipe(kind, in: folder)) == 0 else { throw Unavailable() }
      return try Shell.start(
        "exec openssl s_server -accept 127.0.0.1:0 -www -cert \(folder)/cert.pem "
          + "-key \(folder)/key.pem \(flags) 2>/dev/null")
    }
  }

  isolated deinit {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    _ = Shell.run("rm -r \(folder)")
  }

  package struct Unavailable: Error {
    package init() {}
  }

  package nonisolated static func recipe(_ kind: Certificate, in folder: String) -> String {
    let key = "cd \(folder) && openssl ecparam -genkey -name prime256v1 -noout -out key.pem && "
    let names = "-addext subjectAltName=DNS:localhost"
    let own = "openssl req -x509 -key key.pem -out cert.pem -days 2 -subj /CN=localhost \(names)"
    switch kind {
    case .valid: return key + own + " 2>log"
    case .wrongPurpose: return key + own + " -addext extendedKeyUsage=clientAuth 2>log"
    case .expired: return key + dated("20200101000000Z", "20200201000000Z", names)
    case .notYetValid: return key + dated("20480101000000Z", "20480201000000Z", names)
    case .unknownIssuer:
      return key + """
        openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=Nobody 2>log && \
        openssl req -new -key key.pem -out req.pem -subj /CN=localhost 2>log && \
        printf 'subjectAltName=DNS:localhost' > names && \
        openssl x509 -req -in req.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out cert.pem 2>log
        """
    }
  }

  nonisolated private static func dated(
    _ start: String, _ end: String, _ names: String
  ) -> String {
    """
    printf '%s\\n' '[ca]' 'default_ca=x' '[x]' 'database=db' 'new_certs_dir=.' 'rand_serial=yes' \
    'default_md=sha256' 'policy=p' 'copy_extensions=copy' '[p]' 'CN=supplied' > conf && touch db && \
    openssl req -new -key key.pem -out req.pem -subj /CN=localhost \(names) 2>log && \
    openssl ca -batch -config conf -selfsign -keyfile key.pem -in req.pem -out cert.pem -notext \
    -startdate \(start) -enddate \(end) 2>log
    """
  }
}

/// Programs run for a test.
package enum Shell {
  package static func run(_ command: String) -> Int32 { system(command) }

  package static func temporaryFolder() -> String {
    var name = Array("/tmp/alidade-test-XXXXXX".utf8CString)
    return mkdtemp(&name).map { String(cString: $0) } ?? "/tmp"
  }

  /// Starts a command and waits for the line in which it names its port.
  package static func start(_ command: String) throws -> (pid_t, Int) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw SystemError.current("pipe") }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    var process = pid_t()
    let words: [String] = ["/bin/sh", "-c", command]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let code = posix_spawn(&process, "/bin/sh", &actions, nil, &arguments, environ)
    close(ends[1])
    for argument in arguments { free(argument) }
    guard code == 0, let output = fdopen(ends[0], "r") else {
      throw SystemError(call: "posix_spawn", code: code)
    }
    var line = [CChar](repeating: 0, count: 512)
    while fgets(&line, 512, output) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      let digits = text.split(separator: ":").last.map { $0.prefix { $0.isNumber } }
      if text.hasPrefix("ACCEPT"), let digits, let port = Int(digits) { return (process, port) }
    }
    throw TLSServer.Unavailable()
  }
}
