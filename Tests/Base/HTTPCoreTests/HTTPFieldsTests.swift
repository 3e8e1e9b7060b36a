import HTTPCore
import Testing

@Suite struct HTTPFieldsTests {
  @Test func `names compare without case and duplicates stay in order`() {
    var fields: HTTPFields = [
      "Set-Cookie": "a=1", "Content-Type": "text/html", "set-cookie": "b=2",
    ]
    #expect(fields["SET-COOKIE"] == "a=1")
    #expect(fields.all("Set-cookie") == ["a=1", "b=2"])
    fields["set-COOKIE"] = "c=3"
    #expect(fields.lines.map(\.value) == ["c=3", "text/html"])
    fields["Content-Type"] = nil
    #expect(fields.count == 1)
    #expect(fields.overlaid(with: ["Set-Cookie": "d"]).lines == [HTTPField("Set-Cookie", "d")])
  }

  @Test func `lists split at commas outside quotes`() {
    let fields: HTTPFields = ["Allow": "GET, ,HEAD,", "X": "a", "allow": "\"x, \\\" y\", z"]
    #expect(fields.elements("Allow") == ["GET", "HEAD", "\"x, \\\" y\"", "z"])
  }

  @Test func `a line that would smuggle another is not sendable`() {
    let rows: [(String, String, Bool)] = [
      ("X-A", "plain", true), ("X-A", "tab\tinside", true), ("X-A", "", true), ("X-A", "é", true),
      ("X-A", "a\r\nB: c", false), ("X-A", "a\nb", false), ("X-A", "a\0", false),
      ("X A", "b", false), ("X:A", "b", false), ("", "b", false), ("É", "b", false),
    ]
    for (name, value, isSendable) in rows {
      #expect(HTTPField(name, value).isSendable == isSendable, "\(name): \(value.debugDescription)")
    }
  }

  @Test func `media types are read whatever surrounds them`() {
    let rows: [(String, String?, String?)] = [
      ("application/json", "application/json", nil),
      ("Application/JSON; Charset=UTF-8", "application/json", "utf-8"),
      ("text/event-stream;charset=\"utf-8\"", "text/event-stream", "utf-8"),
      ("text/html;;a; charset = latin1 ;b=c", "text/html", "latin1"),
      (" application/problem+json ", "application/problem+json", nil),
      ("application/json, text/html", "application/json", nil),
      ("json", nil, nil), ("", nil, nil), ("/x", nil, nil), ("text/", nil, nil),
    ]
    for (text, essence, charset) in rows {
      let type = MediaType(text)
      #expect(type?.essence == essence, "\(text)")
      #expect(type?.charset == charset, "\(text)")
    }
    #expect(MediaType("application/vnd.x+json")?.isJSON == true)
    #expect(MediaType("text/event-stream; x")?.isEventStream == true)
    #expect(MediaType("text/plain")?.isJSON == false)
  }

  @Test func `links are cut apart although they hold commas`() {
    let links = Link.parse([
      "<https://a/x,y>; rel=\"next alternate\"; title=\"a, b\", </z>;REL=prev", "broken", "<un",
    ])
    #expect(links.map(\.reference) == ["https://a/x,y", "/z"])
    #expect(links.map(\.relations) == [["next", "alternate"], ["prev"]])
    #expect(links[0].parameters["title"] == "a, b")
  }
}
