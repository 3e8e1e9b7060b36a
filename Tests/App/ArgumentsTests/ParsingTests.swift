import Testing

@testable import Arguments

@Suite struct ParsingTests {
  @Test func `words are sorted into options, places and the rest`() {
    check("call URL add a=1 b=2", "TARGET=URL TOOL=add ARGUMENT=a=1,b=2")
    check("call add a=1 -- server --flag", "TOOL=add ARGUMENT=a=1 -- server,--flag")
    check("call -H A:1 URL --header=B:2 add -HC:3", "header=A:1,B:2,C:3 TARGET=URL TOOL=add")
    check("call URL --json add", "json= TARGET=URL TOOL=add")
    check("call URL add --header=", "header= TARGET=URL TOOL=add")
    check("call URL -- -x a=1 --json", "json= TARGET=URL TOOL=-x ARGUMENT=a=1")
    check("call -- -x a=1 -- server --flag", "TOOL=-x ARGUMENT=a=1 -- server,--flag")
    check("list URL", "TARGET=URL")
    check("list tools URL", "KIND=tools TARGET=URL")
    check("list tools -- server", "KIND=tools -- server")
    check("servers add -", "NAME=-")
    check("servers add -- --odd", "NAME=--odd")
    check("call URL add --timeout 1.5 x=-5", "timeout=1.5 TARGET=URL TOOL=add ARGUMENT=x=-5")
    check("call -jvH A:1 URL add", "header=A:1 json= verbose= TARGET=URL TOOL=add")
  }

  @Test func `a line that does not fit is refused in one sentence`() {
    refuse("frobnicate", "there is no command 'frobnicate'")
    refuse("cal", "there is no command 'cal'", hint: "did you mean call?")
    refuse("servers", "'servers' needs one of add, list")
    refuse("servers ad", "there is no command 'servers ad'", hint: "did you mean servers add?")
    refuse("call", "TARGET is missing")
    refuse("call -- server", "TOOL is missing")
    refuse("call URL add --heder A:1", "there is no option '--heder' in 'call'", hint: "--header")
    refuse("call URL add --head A:1", "there is no option '--head' in 'call'", hint: "--header")
    refuse("call URL add -x", "there is no option '-x' in 'call'")
    refuse("call URL add --header", "--header needs a value, 'K: V'")
    refuse("call URL add --header --json", "--header needs a value, 'K: V'")
    refuse("call URL add -H", "-H needs a value, 'K: V'")
    refuse("call URL add --json=yes", "--json takes no value")
    refuse("call URL add --timeout 1 --timeout 2", "--timeout may be given only once")
    refuse(
      "call URL add --timeout soon",
      "--timeout cannot be 'soon': expected a number of seconds above zero")
    refuse("call URL add --timeout 0", "--timeout cannot be '0': expected a number")
    refuse("servers add", "NAME is missing")
    refuse("servers add a b", "'b' is one word too many in 'servers add'")
    refuse("check --schema a", "--instance FILE is missing")
    refuse("check --schema a --instance b --depth 0", "a whole number from 1 to 9")
    refuse("--vresion", "there is no option '--vresion'", hint: "--version")
  }

  @Test func `help and version are asked for in any sensible place`() throws {
    #expect(try Sample.grammar.parse([]) == .nothing)
    #expect(try Sample.grammar.parse(["--version"]) == .version)
    #expect(try Sample.grammar.parse(["-V"]) == .version)
    #expect(try Sample.grammar.parse(["-h"]) == .help(nil))
    #expect(try Sample.grammar.parse(["call", "--help"]) == .help(Sample.call))
    #expect(try Sample.grammar.parse(["servers", "add", "-h"]) == .help(Sample.add))
  }

  @Test func `seconds become a duration rounded up to the millisecond`() throws {
    let request = try Sample.grammar.parse(["call", "URL", "add", "--timeout", "0.0001"])
    guard case .run(let parsed) = request else {
      Issue.record("not parsed as a command")
      return
    }
    #expect(parsed.duration(Sample.timeout) == .milliseconds(1))
    #expect(parsed.span(Sample.timeout) == .microseconds(100))
    for word in ["", ".", "1e3", "inf", "nan", "-1", "0x10", "99999999999"] {
      #expect(ValueKind.seconds(word) == nil, "\(word)")
    }
  }

  private func check(
    _ line: String, _ expected: String, at location: SourceLocation = #_sourceLocation
  ) {
    do {
      guard case .run(let parsed) = try Sample.grammar.parse(Sample.words(line)) else {
        Issue.record("not a command: \(line)", sourceLocation: location)
        return
      }
      #expect(Sample.picture(of: parsed) == expected, sourceLocation: location)
    } catch {
      Issue.record("\(line): \(error.sentence)", sourceLocation: location)
    }
  }

  private func refuse(
    _ line: String, _ sentence: String, hint: String = "see",
    at location: SourceLocation = #_sourceLocation
  ) {
    do {
      let request = try Sample.grammar.parse(Sample.words(line))
      Issue.record("accepted \(line) as \(request)", sourceLocation: location)
    } catch {
      #expect(error.sentence.contains(sentence), "\(error.sentence)", sourceLocation: location)
      #expect(error.hint(program: "tool").contains(hint), sourceLocation: location)
    }
  }
}
