import HTTPCore
import Testing

@Suite struct AnswerHeadTests {
  @Test func `dates are written as HTTP writes them`() {
    let rows: [(Int64, String)] = [
      (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
      (1_785_229_200, "Tue, 28 Jul 2026 09:00:00 GMT"),
      (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
      (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
    ]
    for (seconds, text) in rows { #expect(HTTPDate.text(secondsSince1970: seconds) == text) }
  }

  private func text(_ head: HTTPAnswerHead) -> String {
    var bytes: [UInt8] = []
    head.write(date: "D", to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `framing is the server's, and no header value can add a line`() {
    let head = HTTPAnswerHead(
      status: 299,
      fields: [
        "Content-Type": "a/b", "content-length": "9", "Transfer-Encoding": "x", "X": "a\r\nY: b",
        "Connection": "x",
      ], framing: .length(3), closes: true)
    #expect(
      text(head)
        == "HTTP/1.1 299 Status 299\r\ndate: D\r\nContent-Type: a/b\r\ncontent-length: 3\r\nconnection: close\r\n\r\n"
    )
  }
}
