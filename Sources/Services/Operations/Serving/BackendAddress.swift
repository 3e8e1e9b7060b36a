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
      let address = try WebURL(url)
      if address.isHTTP { return RestClient(address, token: token, variable: variable) }
    } catch { throw .invalid(variable, "\"\(url)\" is no address: \(error)") }
    throw .invalid(variable, "\"\(url)\" is no address of a web server")
  }
}

/// The variables by which one system's documents name its API.
package struct BackendVariables: Sendable, Hashable {
  package let system: String
  package let address: String
  package let token: String
  /// A name that people take for the address, and that is none.
  package var mistaken: String?

  package static let all = [
    BackendVariables(
      system: "alumia", address: "ALUMIA_BASE_URL", token: "ALUMIA_API_KEY",
      mistaken: "ALUMIA_API_URL"),
    BackendVariables(
      system: "alloy-projects", address: "ALLOY_API_URL", token: "ALLOY_API_TOKEN"),
    BackendVariables(
      system: "alloy-sessions", address: "ALLOY_API_URL", token: "ALLOY_API_TOKEN"),
    BackendVariables(system: "allv", address: "ALLV_API_URL", token: "ALLV_API_KEY"),
  ]

  package static func named(_ system: String) -> BackendVariables? {
    all.first { $0.system == system }
  }

  /// The API that words or variables name; nil where none is named, and the data is in this process.
  package func backend(
    _ word: String?, _ environment: [String: String]
  ) throws(OperationFailure) -> BackendAddress? {
    func given(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let mistaken, given(address) == nil, word == nil, given(mistaken) != nil {
      throw OperationFailure(
        .usage, layer: "config", "\(mistaken) is not read; the address of the API is \(address)",
        hint: "set \(address) in its place")
    }
    guard let url = word ?? given(address) else { return nil }
    return BackendAddress(
      url: url, token: Secret(given(token) ?? ""),
      variable: word == nil ? address : "--api-url")
  }
}
