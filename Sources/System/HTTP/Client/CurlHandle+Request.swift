import CCurl
import EventLoop
import HTTPCore

extension CurlHandle {
  /// Sets everything a request needs; `context` is the transfer that the callbacks report to.
  func apply(_ request: HTTPRequest, proxy: ProxyChoice?, context: UnsafeMutableRawPointer) {
    connect(to: request.url, request.options, proxy: proxy)
    let version = request.options.allowsHTTP2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1
    set(CURLOPT_HTTP_VERSION, version)
    if request.options.acceptsCompression { set(CURLOPT_ACCEPT_ENCODING, "") }
    set(CURLOPT_MAXAGE_CONN, request.options.isRepeatable ? 110 : 4)
    set(CURLOPT_BUFFERSIZE, 64 << 10)
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    setMethod(request)
    setHeaders(Self.headerLines(request))
    setUserinfo(request)
    setCallbacks(context)
  }

  /// What it takes to get a connection, the request aside.
  func connect(to url: WebURL, _ options: HTTPRequestOptions, proxy: ProxyChoice?) {
    captureErrors()
    set(CURLOPT_URL, url.withoutSecrets.text)
    set(CURLOPT_PATH_AS_IS, 1)
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_NOSIGNAL, 1)
    // A name that does not resolve must not hold the loop up when its transfer is given up.
    set(CURLOPT_QUICK_EXIT, 1)
    // An empty name also keeps libcurl from reading the environment by itself.
    set(CURLOPT_PROXY, proxy?.address ?? "")
    set(CURLOPT_NOPROXY, "")
    set(CURLOPT_CONNECTTIMEOUT_MS, max(1, Int(options.limits.connect.milliseconds)))
    setTLS(options.tls)
  }

  private func setTLS(_ tls: TLSOptions) {
    set(CURLOPT_SSL_VERIFYPEER, tls.isInsecure ? 0 : 1)
    set(CURLOPT_SSL_VERIFYHOST, tls.isInsecure ? 0 : 2)
    if let file = tls.authorities { set(CURLOPT_CAINFO, file) }
    if let file = tls.certificate { set(CURLOPT_SSLCERT, file) }
    if let file = tls.key { set(CURLOPT_SSLKEY, file) }
    if let password = tls.keyPassword { set(CURLOPT_KEYPASSWD, password) }
  }

  private func setMethod(_ request: HTTPRequest) {
    switch request.method {
    case "GET" where request.body.isEmpty: set(CURLOPT_HTTPGET, 1)
    case "HEAD": set(CURLOPT_NOBODY, 1)
    case "POST": set(CURLOPT_POST, 1)
    default: set(CURLOPT_CUSTOMREQUEST, request.method)
    }
    if request.method == "POST" || !request.body.isEmpty { setBody(request.body) }
  }

  /// The caller's lines, and nothing of libcurl's own beside `Host`, `Content-Length` and `Accept-Encoding`.
  private static func headerLines(_ request: HTTPRequest) -> [String] {
    let own = request.fields.lines.map {
      $0.value.isEmpty ? $0.name + ";" : "\($0.name): \($0.value)"
    }
    let unwanted = ["Expect", "Content-Type", "Accept", "User-Agent"]
    return own + unwanted.filter { !request.fields.contains($0) }.map { $0 + ":" }
  }

  /// Credentials in the URL go into a header, unless the caller brings one.
  private func setUserinfo(_ request: HTTPRequest) {
    guard request.url.hasUserinfo, !request.fields.contains("Authorization") else { return }
    set(CURLOPT_HTTPAUTH, ccurl_auth_basic)
    set(CURLOPT_USERNAME, Self.decoded(request.url.username))
    set(CURLOPT_PASSWORD, Self.decoded(request.url.password))
  }

  private static func decoded(_ text: String) -> String {
    String(decoding: PercentEncoding.decode(text), as: UTF8.self)
  }
}

// MARK: - Callbacks

extension CurlHandle {
  private func setCallbacks(_ context: UnsafeMutableRawPointer) {
    set(CURLOPT_HEADERDATA, pointer: context)
    set(CURLOPT_WRITEDATA, pointer: context)
    set(CURLOPT_PREREQDATA, pointer: context)
    ccurl_set_data(easy, CURLOPT_HEADERFUNCTION, Self.header)
    ccurl_set_data(easy, CURLOPT_WRITEFUNCTION, Self.body)
    ccurl_set_prereq(easy, Self.beforeSending)
  }

  private static let header: ccurl_data_function = { data, size, count, context in
    // The transfer is kept by the multi handle's table as long as libcurl knows it; the thread is the loop's.
    nonisolated(unsafe) let (data, context) = (data, context)
    return LoopActor.assumeIsolated {
      transfer(context)?.takeHeader(bytes(data, size * count)) ?? 0
    }
  }

  private static let body: ccurl_data_function = { data, size, count, context in
    // As above.
    nonisolated(unsafe) let (data, context) = (data, context)
    return LoopActor.assumeIsolated { transfer(context)?.takeBody(bytes(data, size * count)) ?? 0 }
  }

  private static let beforeSending: ccurl_prereq_function = { context, peer, _, _, _ in
    // As above.
    nonisolated(unsafe) let context = context
    let address = String(cString: peer)
    return LoopActor.assumeIsolated {
      transfer(context)?.maySend(to: address) == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
    }
  }

  private static func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func bytes(
    _ data: UnsafeMutablePointer<CChar>, _ count: Int
  ) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: UnsafeRawPointer(data).assumingMemoryBound(to: UInt8.self), count: count)
  }
}
