import CCurl
import EventLoop

/// One easy handle of libcurl and the buffer it writes its error text to.
@LoopActor
final class CurlHandle {
  let easy: UnsafeMutableRawPointer
  private let errorText: UnsafeMutablePointer<CChar>
  private var list: UnsafeMutablePointer<curl_slist>?
  private var body: UnsafeMutablePointer<UInt8>?

  /// Nil when memory has run out.
  init?() {
    guard let easy = ccurl_easy_new() else { return nil }
    self.easy = easy
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  isolated deinit {
    ccurl_easy_free(easy)
    releaseRequest()
    errorText.deallocate()
  }

  /// Back to no options at all; kept connections are the multi handle's and stay.
  func reset() {
    ccurl_easy_reset(easy)
    releaseRequest()
    errorText[0] = 0
  }

  /// What libcurl said about the last failure.
  func detail(of code: CURLcode) -> String {
    let own = String(cString: errorText)
    // A success has words too, which explain nothing.
    if own.isEmpty, code == CURLE_OK { return "" }
    return own.isEmpty ? String(cString: ccurl_easy_text(code)) : own
  }

  func captureErrors() {
    set(CURLOPT_ERRORBUFFER, pointer: UnsafeMutableRawPointer(errorText))
  }

  private func releaseRequest() {
    ccurl_list_free(list)
    list = nil
    body?.deallocate()
    body = nil
  }
}

// MARK: - Options

extension CurlHandle {
  func set(_ option: CURLoption, _ value: Int) { ccurl_set_long(easy, option, value) }

  func set(_ option: CURLoption, _ value: String?) { ccurl_set_text(easy, option, value) }

  func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) {
    ccurl_set_pointer(easy, option, pointer)
  }

  /// The header lines, kept alive until the handle is reset.
  func setHeaders(_ lines: [String]) {
    for line in lines { list = ccurl_list_append(list, line) }
    ccurl_set_list(easy, CURLOPT_HTTPHEADER, list)
  }

  /// The body, copied once and kept alive until the handle is reset: libcurl only borrows it.
  func setBody(_ bytes: [UInt8]) {
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
    bytes.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { copy.initialize(from: base, count: source.count) }
    }
    body = copy
    ccurl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
    set(CURLOPT_POSTFIELDS, pointer: UnsafeMutableRawPointer(copy))
  }
}

// MARK: - Facts

extension CurlHandle {
  func number(_ info: CURLINFO) -> Int { ccurl_get_long(easy, info) }

  func size(_ info: CURLINFO) -> Int { Int(ccurl_get_size(easy, info)) }

  func text(_ info: CURLINFO) -> String? {
    guard let text = ccurl_get_text(easy, info), text[0] != 0 else { return nil }
    return String(cString: text)
  }

  /// A time libcurl counts in microseconds; nil for a step that did not happen.
  func duration(_ info: CURLINFO) -> Duration? {
    let microseconds = ccurl_get_size(easy, info)
    return microseconds > 0 ? .microseconds(microseconds) : nil
  }

  /// The chain the server showed, where collecting it was asked for.
  var certificates: [CertificateFacts] {
    guard let found = ccurl_get_certificates(easy)?.pointee, let chain = found.certinfo else {
      return []
    }
    return (0..<Int(found.num_of_certs)).map { CertificateFacts(lines: Self.lines(chain[$0])) }
  }

  private static func lines(_ list: UnsafeMutablePointer<curl_slist>?) -> [String] {
    var lines: [String] = []
    var next = list
    while let node = next {
      if let data = node.pointee.data { lines.append(String(cString: data)) }
      next = node.pointee.next
    }
    return lines
  }
}

extension CertificateFacts {
  /// libcurl lists a certificate as `Name:value` lines.
  fileprivate init(lines: [String]) {
    func value(_ name: String) -> String {
      lines.first { $0.hasPrefix(name + ":") }.map { String($0.dropFirst(name.count + 1)) } ?? ""
    }
    self.init(
      subject: value("Subject"), issuer: value("Issuer"), validFrom: value("Start date"),
      validUntil: value("Expire date"), names: value("X509v3 Subject Alternative Name"))
  }
}
