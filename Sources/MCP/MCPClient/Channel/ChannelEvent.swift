import JSONRPC
import MCPEras
import MCPProtocol
import Transports

/// What a channel tells the session above it.
enum ChannelEvent: Sendable {
  case notice(ReceivedNotice)
  case ask(RPCID, InputRequest)
  case withdraw(RPCID)
  case progress(RPCID, ProgressUpdate)
  case find(Finding)
  case log(LogLine)
  case transport(SessionEvent)
  case closed(TransportEnd)
}
