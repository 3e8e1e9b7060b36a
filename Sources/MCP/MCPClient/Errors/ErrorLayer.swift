/// Where between the user and the server's code something went wrong.
package enum ErrorLayer: String, Sendable, Hashable, CaseIterable {
  case config
  case spawn
  case dns
  case tcp
  case tls
  case http
  case auth
  case `protocol`
  case jsonrpc
  case timeout
  case cancelled
  case inputRequired = "input-required"
}
