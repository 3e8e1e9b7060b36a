import EventLoop
import HTTPCore
import MockBackend
package import SafeText

/// A REST API that a served system asks, and how it shows who it is there.
package struct BackendAddress: Sendable, Hashable {
  package var url: String
  package var token: Secret
  /// The variable that names the address, for sentences.
  package var variable: String

  package init(url: String, token: Secret, variable: String) {
    self.url = url
    self.token = token
    self.variable = variable
  }

  @LoopActor
  func client() throws(WorldError) -> RestClient {
    do throws(WebURLError) {
      return RestClient(try WebURL(url), token: token, variable: variable)
    } catch { throw .invalid(variable, "\"\(url)\" is no address: \(error)") }
  }
}
