import EventLoop
import HTTP
import HTTPCore
import ScriptedServer
import TestSupport
import Testing

@LoopActor @Suite(.inTurns, .timeLimit(.minutes(15))) struct ProxyTests {
  private func options(_ environment: [String: String]) -> HTTPRequestOptions {
    var options = HTTPRequestOptions()
    options.proxy = ProxyRule(environment: environment)
    return options
  }

  @Test func `plain requests go to the proxy, which the facts name`() async throws {
    var seen: ScriptedRequest?
    let proxy = try ScriptedServer { connection in
      seen = await connection.request()
      await connection.answer(body: "by proxy")
    }
    let options = options(["http_proxy": "http://me:pw@127.0.0.1:\(proxy.port)"])
    let answer = try await Exchange.run(
      HTTPRequest("GET", WebURL("http://server.example/x?y"), options: options))
    #expect(answer.text == "by proxy")
    #expect(seen?.target == "http://server.example/x?y")
    #expect(seen?.fields["Proxy-Authorization"] == "Basic bWU6cHc=")
    #expect(answer.facts.proxy?.source == "http_proxy")
  }

  @Test func `a proxy that refuses is told apart from the server`() async throws {
    let proxy = try ScriptedServer { connection in
      _ = await connection.request()
      await connection.answer(
        "407 Proxy Authentication Required", ["Proxy-Authenticate: Basic realm=x"])
    }
    let options = options(["HTTPS_PROXY": "127.0.0.1:\(proxy.port)"])
    let error = await #expect(throws: HTTPError.self) {
      try await Exchange.run(
        HTTPRequest("GET", WebURL("https://server.example/x"), options: options))
    }
    #expect(error?.failure == .proxyRefused)
    #expect(error?.failure.layer == .proxy)
    #expect(
      error?.sentence.hasPrefix(
        "https://server.example/x failed: the proxy 127.0.0.1:\(proxy.port) (HTTPS_PROXY) did not let the request through"
      )
        == true)
  }

  @Test func `excepted hosts are reached directly and the environment is not read behind our back`()
    async throws
  {
    let server = try ScriptedServer { connection in
      _ = await connection.request()
      await connection.answer()
    }
    let options = options(["http_proxy": "http://127.0.0.1:1", "no_proxy": "127.0.0.1"])
    let answer = try await Exchange.run(HTTPRequest("GET", WebURL(server.url()), options: options))
    #expect(answer.facts.proxy == nil)
  }
}
