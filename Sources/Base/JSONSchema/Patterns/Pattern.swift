import CPCRE

/// A regular expression of ECMA-262, compiled once, matched anywhere in a text within bounded time.
package final class Pattern: Sendable {
  /// What a search can end with.
  package enum Outcome: Sendable, Hashable { case match, noMatch, tooLong }

  package let source: String
  private let code: Code

  package init(_ source: String) throws(PatternProblem) {
    self.source = source
    code = Code(try Self.compile(try PatternTranslator.translate(source)))
  }

  package func search(_ text: String) -> Outcome {
    var text = text
    return text.withUTF8 { code.search($0) }
  }

  private static func compile(_ translated: String) throws(PatternProblem) -> OpaquePointer {
    var translated = translated
    var failure: Int32 = 0
    var offset = 0
    let options =
      PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C
    let code = translated.withUTF8 {
      pcre2_compile_8($0.baseAddress, $0.count, options, &failure, &offset, nil)
    }
    guard let code else {
      throw limits.contains(failure) ? .beyondUs(message(failure)) : .rejected(message(failure))
    }
    // Where there is no just-in-time compiler, the interpreter answers the same, slower.
    _ = pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    return code
  }

  /// What PCRE2 refuses although it is well written.
  private static let limits: Set<Int32> = [
    PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH, PCRE2_ERROR_PATTERN_TOO_LARGE,
    PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP, PCRE2_ERROR_LOOKBEHIND_TOO_COMPLICATED,
    PCRE2_ERROR_PATTERN_STRING_TOO_LONG,
  ]

  private static func message(_ failure: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 200)
    let length = pcre2_get_error_message_8(failure, &buffer, buffer.count)
    return length > 0 ? String(decoding: buffer[..<Int(length)], as: UTF8.self) : "it is rejected"
  }
}

/// Compiled code: written once at its making, only read by matches, hence safe to share between threads.
private final class Code: @unchecked Sendable {
  private let code: OpaquePointer
  private let limits: OpaquePointer?

  /// About a tenth of a second at worst, and 20 MB.
  private static let mostSteps: UInt32 = 500_000
  private static let mostKiB: UInt32 = 20_000

  init(_ code: OpaquePointer) {
    self.code = code
    limits = pcre2_match_context_create_8(nil)
    pcre2_set_match_limit_8(limits, Self.mostSteps)
    pcre2_set_heap_limit_8(limits, Self.mostKiB)
  }

  deinit {
    pcre2_match_context_free_8(limits)
    pcre2_code_free_8(code)
  }

  func search(_ text: UnsafeBufferPointer<UInt8>) -> Pattern.Outcome {
    let data = pcre2_match_data_create_8(1, nil)
    defer { pcre2_match_data_free_8(data) }
    var result = match(text, PCRE2_NO_UTF_CHECK, data)
    if result == PCRE2_ERROR_JIT_STACKLIMIT {
      result = match(text, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, data)
    }
    if result >= 0 { return .match }
    return result == PCRE2_ERROR_NOMATCH ? .noMatch : .tooLong
  }

  private func match(
    _ text: UnsafeBufferPointer<UInt8>, _ options: UInt32, _ data: OpaquePointer?
  ) -> Int32 {
    // An empty buffer has no address; PCRE2 takes the address of anything with length zero.
    guard let start = text.baseAddress else {
      var empty: UInt8 = 0
      return pcre2_match_8(code, &empty, 0, 0, options, data, limits)
    }
    return pcre2_match_8(code, start, text.count, 0, options, data, limits)
  }
}
