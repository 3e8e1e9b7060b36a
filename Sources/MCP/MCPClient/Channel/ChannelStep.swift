import JSON
import JSONRPC
import MCPEras
import MCPProtocol
import Transports

/// What the channel's state wants done, in order.
enum ChannelStep: Sendable {
  case send(RPCMessage)
  /// Closes what is left of an exchange.
  case forget(ExchangeID)
  case finish(RPCID, Result<JSON, ClientError>)
  case progress(RPCID, ProgressUpdate)
  case notice(ReceivedNotice)
  /// The server waits for an answer under that id.
  case ask(RPCID, InputRequest)
  /// The server does not wait any more.
  case withdraw(RPCID)
  case find(Finding)
  /// A notification or response of ours was taken or refused.
  case delivered(method: String, status: Int?)
}
