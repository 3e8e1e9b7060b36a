import CCurl
import HTTPCore

extension CurlHandle {
  /// Adds what libcurl knows by now.
  func collect(into facts: inout HTTPFacts) {
    facts.timings.nameLookup = duration(CURLINFO_NAMELOOKUP_TIME_T)
    facts.timings.connected = duration(CURLINFO_CONNECT_TIME_T)
    facts.timings.secured = duration(CURLINFO_APPCONNECT_TIME_T)
    facts.timings.firstByte = duration(CURLINFO_STARTTRANSFER_TIME_T)
    facts.timings.total = duration(CURLINFO_TOTAL_TIME_T)
    facts.peer = text(CURLINFO_PRIMARY_IP).map { Self.peer($0, number(CURLINFO_PRIMARY_PORT)) }
    facts.version = Self.versions[number(CURLINFO_HTTP_VERSION)]
    facts.isReused = facts.peer != nil && number(CURLINFO_NUM_CONNECTS) == 0
    facts.requestSize = number(CURLINFO_REQUEST_SIZE)
    facts.responseSize = number(CURLINFO_HEADER_SIZE) + size(CURLINFO_SIZE_DOWNLOAD_T)
  }

  private static func peer(_ address: String, _ port: Int) -> String {
    address.utf8.contains(UInt8(ascii: ":")) ? "[\(address)]:\(port)" : "\(address):\(port)"
  }

  private static let versions = [
    CURL_HTTP_VERSION_1_0: "1.0", CURL_HTTP_VERSION_1_1: "1.1", CURL_HTTP_VERSION_2_0: "2",
  ]
}
