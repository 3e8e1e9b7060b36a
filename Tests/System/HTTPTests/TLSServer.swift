import EventLoop
import Glibc

/// `openssl s_server` on loopback with a certificate made for the test.
@LoopActor
final class TLSServer {
  enum Certificate {
    case valid, expired
  }

  let port: Int
  let folder: String
  var certificate: String { folder + "/cert.pem" }
  var key: String { folder + "/key.pem" }
  private let process: pid_t

  nonisolated static let isAvailable = Shell.run("command -v openssl >/dev/null") == 0

  /// The certificate is for `localhost` alone.
  init(_ kind: Certificate = .valid, flags: String = "") async throws {
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

  struct Unavailable: Error {}

  nonisolated static func recipe(_ kind: Certificate, in folder: String) -> String {
    let key = "cd \(folder) && openssl ecparam -genkey -name prime256v1 -noout -out key.pem && "
    let names = "-addext subjectAltName=DNS:localhost"
    switch kind {
    case .valid:
      return key
        + "openssl req -x509 -key key.pem -out cert.pem -days 2 -subj /CN=localhost \(names) 2>log"
    case .expired:
      return key + """
        printf '%s\\n' '[ca]' 'default_ca=x' '[x]' 'database=db' 'new_certs_dir=.' 'rand_serial=yes' \
        'default_md=sha256' 'policy=p' 'copy_extensions=copy' '[p]' 'CN=supplied' > conf && touch db && \
        openssl req -new -key key.pem -out req.pem -subj /CN=localhost \(names) 2>log && \
        openssl ca -batch -config conf -selfsign -keyfile key.pem -in req.pem -out cert.pem -notext \
        -startdate 20200101000000Z -enddate 20200201000000Z 2>log
        """
    }
  }
}

/// Programs run for a test.
enum Shell {
  static func run(_ command: String) -> Int32 { system(command) }

  static func temporaryFolder() -> String {
    var name = Array("/tmp/alidade-test-XXXXXX".utf8CString)
    return mkdtemp(&name).map { String(cString: $0) } ?? "/tmp"
  }

  /// Starts a command and waits for the line in which it names its port.
  static func start(_ command: String) throws -> (pid_t, Int) {
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
