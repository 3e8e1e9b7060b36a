import CCurl
import EventLoop
import HTTPCore

/// Connects once more without checks and without sending a byte of HTTP, to see the certificates that were not trusted.
@LoopActor
final class CertificateProbe: CurlJob {
  /// A handle that only connects keeps its connection to itself.
  let leavesHandleClean = false
  private let request: HTTPRequest
  private let proxy: ProxyChoice?
  private let report: @LoopActor ([CertificateFacts]) -> Void

  init(
    request: HTTPRequest, proxy: ProxyChoice?,
    report: @escaping @LoopActor ([CertificateFacts]) -> Void
  ) {
    self.request = request
    self.proxy = proxy
    self.report = report
  }

  func begin(on handle: CurlHandle) {
    var options = request.options
    options.tls.isInsecure = true
    handle.connect(to: request.url, options, proxy: proxy)
    handle.set(CURLOPT_CONNECT_ONLY, 1)
    handle.set(CURLOPT_CERTINFO, 1)
  }

  func end(_ code: CURLcode, on handle: CurlHandle) {
    report(code == CURLE_OK ? handle.certificates : [])
  }

  func fail(_ failure: HTTPFailure) { report([]) }
}
