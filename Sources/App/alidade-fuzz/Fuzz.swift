import Fuzzing
import Glibc

/// Looks for inputs that a reader cannot take: `ALIDADE_FUZZ=SUBJECT alidade-fuzz …`.
///
/// Built with LIBFUZZER the compiler's fuzzer leads, by what the code does with an input, and has the arguments to
/// itself. Without it inputs are drawn from a seed: `alidade-fuzz COUNT SEED LAST [INPUT…]`, where LAST is a file
/// that holds the input being tried, for the case that it ends the program.
@main struct Fuzz {
  static let subject: FuzzSubject = {
    guard let name = getenv("ALIDADE_FUZZ").map({ String(cString: $0) }),
      let subject = FuzzSubject.named(name)
    else {
      refuse("ALIDADE_FUZZ must be one of \(FuzzSubject.all.map(\.name).joined(separator: ", "))")
    }
    return subject
  }()

  static func refuse(_ sentence: String) -> Never {
    complain("alidade-fuzz: \(sentence)")
    exit(1)
  }

  static func complain(_ sentence: String) {
    let line = sentence + "\n"
    _ = line.withCString { write(2, $0, strlen($0)) }
  }

  static func main() {
    #if LIBFUZZER
      exit(lead())
    #else
      search(Array(CommandLine.arguments.dropFirst()))
    #endif
  }
}

#if LIBFUZZER
  private func lead() -> CInt {
    var count = CommandLine.argc
    var words = CommandLine.unsafeArgv
    return runDriver(&count, &words, tryInput)
  }

  private func tryInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let objection = Fuzz.subject.objection(bytes) else { return 0 }
    Fuzz.complain("\(FuzzFinding(bytes: bytes, objection: objection))")
    abort()
  }

  @_silgen_name("LLVMFuzzerRunDriver")
  private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ tryInput: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
  ) -> CInt
#else
  extension Fuzz {
    private static func search(_ words: [String]) {
      guard words.count >= 3, let count = Int(words[0]), let seed = UInt64(words[1]) else {
        refuse("usage: ALIDADE_FUZZ=SUBJECT alidade-fuzz COUNT SEED LAST [INPUT…]")
      }
      let corpus = words[3...].compactMap(bytes)
      var run = FuzzRun(subject, corpus: corpus, seed: seed)
      let finding = run.first(of: count) { keep($0, in: words[2]) }
      if let finding {
        complain("\(subject.name): \(finding)")
        exit(1)
      }
      print(
        "\(subject.name): \(corpus.count) inputs of the corpus and \(count) changed ones, no finding"
      )
    }

    private static func bytes(of path: String) -> [UInt8]? {
      guard let file = fopen(path, "r") else { return nil }
      defer { fclose(file) }
      var block = [UInt8](repeating: 0, count: 1 << 16)
      return Array(block[..<fread(&block, 1, block.count, file)])
    }

    private static func keep(_ bytes: [UInt8], in path: String) {
      guard let file = fopen(path, "w") else { refuse("cannot write \(path)") }
      fwrite(bytes, 1, bytes.count, file)
      fclose(file)
    }
  }
#endif
