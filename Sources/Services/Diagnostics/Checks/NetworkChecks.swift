import EventLoop
import JSON
import Operations
import Settings

extension Check {
  private static let onlyAddresses: Exemption = {
    $0.subject.definition?.url == nil ? "the server is a process" : nil
  }

  /// Whether the host's name leads to an address.
  static let name: Check = Check(
    "dns", "Name look-up", exemption: onlyAddresses,
    causes: [
      "dns-not-found": .init("check the host's spelling, the VPN and the resolver"),
      "proxy-dns": .init("check the proxy's name in HTTPS_PROXY, HTTP_PROXY or ALL_PROXY"),
    ], layers: ["dns"]
  ) { examination in
    [step(name, "nameLookup", "the name leads to an address", examination)]
  }

  /// Whether something listens there.
  static let connection: Check = Check(
    "tcp", "Connection", exemption: onlyAddresses,
    causes: [
      "tcp-refused": .init(
        "start the server, check the port; a server in a container must listen on 0.0.0.0 and have its port published"
      ),
      "tcp-unreachable": .init("check network, VPN and firewall"),
      "tcp-timeout": .init(
        "a firewall drops the packets, or the host is down: check VPN and proxy"),
      "tcp-failed": .init("check network, VPN and firewall"),
      "proxy-refused": .init(
        "the proxy wants credentials or forbids the host: put user and password into its address, or set NO_PROXY"
      ),
    ], layers: ["tcp"]
  ) { examination in
    [step(connection, "connected", "something listens there", examination)]
  }

  /// Whether the connection is encrypted with a certificate that counts.
  static let encryption: Check = Check(
    "tls", "TLS",
    exemption: { examination in
      guard let url = examination.subject.definition?.url else { return "the server is a process" }
      return url.lowercased().hasPrefix("https:") ? nil : "the address has no TLS"
    },
    causes: [
      "tls-self-signed": .init(
        "trust it with --cacert FILE, or give the server a real certificate"),
      "tls-unknown-issuer": .init(
        "name the authority with --cacert FILE: a company's proxy often signs with one of its own"),
      "tls-expired": .init("renew the server's certificate; is this machine's clock right?"),
      "tls-not-yet-valid": .init("set this machine's clock"),
      "tls-wrong-name": .init("use a host that the certificate names, or correct the certificate"),
      "tls-untrusted": .init("look at the chain; trust its authority with --cacert FILE"),
      "tls-client-certificate": .init("give a client certificate with --cert and --key"),
      "tls-handshake": .init("the port may speak plain http, or no version of TLS is shared"),
      "tls-silent": .init("the port may speak plain http, or a proxy on the way swallows it"),
    ], layers: ["tls"]
  ) { examination in
    let isInsecure = examination.subject.definition?.tls.isInsecure == true
    guard !isInsecure else {
      return [
        Finding(
          .warning, "tls-insecure", check: "tls", "certificates are not checked (--insecure)",
          fix: "name the authority with --cacert FILE instead", kind: .usage)
      ]
    }
    return [step(encryption, "secured", "the certificate counts", examination)]
  }

  /// Whether what answers is an HTTP server of MCP.
  static let answer: Check = Check(
    "http", "HTTP", exemption: onlyAddresses,
    causes: [
      "http-not-http": .init(
        "the port speaks something else: https in place of http, or another service"),
      "http-lost": .init("the port may want https, or the server crashed: look at its log"),
      "http-cut": .init(
        "a proxy or load balancer cuts answers, or the server crashed: look at its log"),
      "http-head-too-large": .init("the server sends a header beyond all measure"),
      "http-undecodable": .init("the server's compression is broken: switch it off there"),
      "redirect": .init("use the address it leads to, as it stands in Location"),
      "redirect-loop": .init(
        "the server, or a proxy before it, redirects in a circle: mend it there"),
      "accepted-only": .init(
        "the server takes questions (202) and answers on no stream: a wrong path, or its event stream is cut off"
      ),
      "empty-answer": .init("the server answers with nothing: look at its log"),
      "broken-message": .init("the server's answer is no sound JSON: report it to its makers"),
      "http-too-large": .init("what answers is no MCP server, or one that floods: check the path"),
      "no-answer": .init("raise --timeout, or look why the server takes so long"),
      "too-slow": .init("raise --timeout; look at what the server does meanwhile"),
      "timed-out": .init("raise --timeout; look at what the server does meanwhile"),
      "web-page": .init("a wrong path, or a sign-in page or firewall in front: check the path"),
      "not-mcp-answer": .init("what answers is no MCP server: check host, port and path"),
      "not-mcp": .init("check the path: many servers end in /mcp or /sse"),
      "http-400": .init("the server refuses what every client sends: read its words"),
      "http-404": .init("check the path: many servers end in /mcp or /sse"),
      "http-405": .init(
        "the path exists and takes no POST: an event-stream server, or a wrong path"),
      "http-406": .init("the server wants other types than it should"),
      "http-407": .init("the proxy wants credentials: put user and password into its address"),
      "http-413": .init("the message is too large for the server or a proxy in front"),
      "http-415": .init("the server refuses application/json: a wrong path?"),
      "http-421": .init("the server's list of allowed hosts must name this one"),
      "http-429": .init("wait as told, then try again"),
      "http-500": .init("the server itself failed: look at its log"),
      "http-502": .init("a gateway answers, but not the server behind it: is it running?"),
      "http-503": .init("the server is starting or overloaded: try again later"),
      "http-504": .init("the server behind the gateway takes too long"),
      "host-refused": .init("the server's list of allowed hosts and origins must name this one"),
      "no-endpoint": .init("the event stream names no endpoint: is it a server of MCP?"),
    ], layers: ["http"]
  ) { examination in
    guard let last = examination.attempt.exchanges.first else { return [] }
    let status = last["status"]?.compact ?? "?"
    return [
      answer.finding(
        .ok, "HTTP \(last["version"]?.string ?? "") answers with \(status)",
        examination.exchangeEvidence)
    ]
  }

  /// A step that the first exchange took, with its time.
  @LoopActor
  private static func step(
    _ check: Check, _ timing: String, _ words: String, _ examination: Examination
  ) -> Finding {
    let first = examination.attempt.exchanges.first
    var evidence: [Finding.Evidence] = []
    if let peer = first?["peer"]?.string { evidence.append(.init("peer", peer)) }
    if let proxy = first?["proxy"]?.string { evidence.append(.init("proxy", proxy)) }
    if let time = first?["timings"]?[timing]?.compact {
      evidence.append(.init("time", "\(time) ms"))
    }
    return check.finding(.ok, words, evidence)
  }
}
