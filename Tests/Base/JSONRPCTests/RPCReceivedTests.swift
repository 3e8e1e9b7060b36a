import JSON
import JSONRPC
import Testing

@Suite struct RPCReceivedTests {
  struct Row: Sendable {
    var json: JSON
    var message: RPCMessage?
    var issues: [RPCIssue] = []
  }

  static let rows: [Row] = [
    Row(
      json: ["jsonrpc": "2.0", "id": 1, "method": "ping"],
      message: .request(RPCRequest(id: 1, method: "ping"))),
    Row(
      json: ["jsonrpc": "2.0", "id": "1", "method": "a", "params": ["x": 1]],
      message: .request(RPCRequest(id: "1", method: "a", params: ["x": 1]))),
    Row(
      json: ["jsonrpc": "2.0", "method": "notifications/initialized"],
      message: .notification(RPCNotification(method: "notifications/initialized"))),
    Row(
      json: ["jsonrpc": "2.0", "id": 7, "result": [:]],
      message: .response(RPCResponse(id: 7, outcome: .result([:])))),
    Row(
      json: ["jsonrpc": "2.0", "id": 7, "result": .null],
      message: .response(RPCResponse(id: 7, outcome: .result(.null)))),
    Row(
      json: ["jsonrpc": "2.0", "id": 7, "result": 1, "error": .null],
      message: .response(RPCResponse(id: 7, outcome: .result(1)))),
    Row(
      json: ["id": 7, "result": [:]],
      message: .response(RPCResponse(id: 7, outcome: .result([:]))), issues: [.versionMissing]),
    Row(
      json: ["jsonrpc": "1.0", "id": 7, "result": [:]],
      message: .response(RPCResponse(id: 7, outcome: .result([:]))), issues: [.versionWrong]),
    Row(
      json: ["jsonrpc": "2.0", "id": .null, "method": "x"],
      message: .notification(RPCNotification(method: "x")), issues: [.idNull]),
    Row(
      json: ["jsonrpc": "2.0", "id": [1], "method": "x"],
      message: .notification(RPCNotification(method: "x")), issues: [.idWrongType]),
    Row(
      json: ["jsonrpc": "2.0", "id": 1.5, "method": "x"],
      message: .request(RPCRequest(id: .number(JSONNumber(1.5)), method: "x")),
      issues: [.idFractional]),
    Row(
      json: ["jsonrpc": "2.0", "id": 3],
      message: .response(RPCResponse(id: 3, outcome: .missing)), issues: [.neitherResultNorError]),
    Row(
      json: ["jsonrpc": "2.0", "id": 3, "method": "x", "params": [1]],
      message: .request(RPCRequest(id: 3, method: "x", params: [1])),
      issues: [.paramsNotStructured]),
    Row(json: ["jsonrpc": "2.0", "id": 3, "method": 4], message: nil, issues: [.methodNotString]),
    Row(json: ["jsonrpc": "2.0"], message: nil, issues: [.unrecognizable]),
    Row(json: [:], message: nil, issues: [.versionMissing, .unrecognizable]),
    Row(json: "hello", message: nil, issues: [.notObject]),
    Row(json: .null, message: nil, issues: [.notObject]),
    Row(json: [], message: nil, issues: [.notObject]),
  ]

  @Test(arguments: rows) func `every kind of message is told apart`(_ row: Row) {
    let received = RPCReceived(row.json)
    #expect(received.message == row.message)
    #expect(received.issues == row.issues)
    #expect(received.raw == row.json)
  }

  @Test func `an error is read however broken it is`() {
    func check(_ error: JSON, _ code: RPCErrorCode?, _ message: String, _ issues: [RPCIssue]) {
      let received = RPCReceived(["jsonrpc": "2.0", "id": 1, "error": error])
      guard case .response(let response) = received.message,
        case .error(let read) = response.outcome
      else { return #expect(Bool(false), "no error in \(received)") }
      #expect(read.code == code)
      #expect(read.message == message)
      #expect(read.raw == error)
      #expect(received.issues == issues)
    }
    check(["code": -32601, "message": "no"], .methodNotFound, "no", [])
    check(["code": "-32601", "message": "no"], .methodNotFound, "no", [.errorCodeNotInteger])
    check(["code": "E_FAIL", "message": "no"], nil, "no", [.errorCodeNotInteger])
    check(["message": "no"], nil, "no", [.errorCodeNotInteger])
    check(["code": 1], 1, "", [.errorMessageMissing])
    check("broken", nil, "broken", [.errorNotObject])
    check([], nil, "", [.errorNotObject])
  }

  @Test func `both result and error count as the error`() {
    let received = RPCReceived([
      "jsonrpc": "2.0", "id": 1, "result": [:], "error": ["code": 5, "message": "x"],
    ])
    #expect(received.issues == [.resultBesideError])
    guard case .response(let response) = received.message, case .error(let error) = response.outcome
    else { return #expect(Bool(false)) }
    #expect(error.code == 5)
  }

  @Test func `a batch keeps every element, a broken one among them`() {
    let frame = RPCFrame([["jsonrpc": "2.0", "id": 1, "result": [:]], 5])
    #expect(frame.messages.count == 2)
    #expect(frame.messages[0].message != nil)
    #expect(frame.messages[1].issues == [.notObject])
  }

  @Test func `messages are written with their members in the usual order`() {
    let request = RPCMessage.request(RPCRequest(id: 1, method: "ping", params: [:]))
    #expect(request.json.object?.keys == ["jsonrpc", "id", "method", "params"])
    let answer = RPCMessage.response(RPCResponse(id: "a", outcome: .result([:])))
    #expect(answer.json.object?.keys == ["jsonrpc", "id", "result"])
    let refusal = RPCResponse(
      id: nil, outcome: .error(RPCError(code: .methodNotFound, message: "no", data: 1)))
    #expect(
      refusal.json == [
        "jsonrpc": "2.0", "id": .null, "error": ["code": -32601, "message": "no", "data": 1],
      ])
  }
}
