import JSONRPC
import MCPEras
import Transports

extension ClientError {
  package var layer: ErrorLayer { reason.layer }
}

extension ClientError.Reason {
  var layer: ErrorLayer {
    switch self {
    case .negotiation(let failure): failure.layer
    case .signInRequired, .signInFailed: .auth
    case .transport(let failure): failure.layer
    case .ended(let end): end.layer
    case .refused(let refusal): refusal.isAboutAccess ? .auth : .http
    case .unanswered, .sessionLost: .http
    case .rpc(let error): error.asksForInput ? .inputRequired : .jsonrpc
    case .taskFailed: .jsonrpc
    case .invalidResult, .unreadable, .notInEra, .tooManyRounds: .protocol
    case .timedOut: .timeout
    case .cancelled, .taskCancelled: .cancelled
    case .inputNeeded, .inputRefused: .inputRequired
    }
  }
}

extension NegotiationFailure {
  fileprivate var layer: ErrorLayer {
    switch self {
    case .nothingShared, .pinRefused: .protocol
    case .notMCP: .http
    case .initializeRefused: .jsonrpc
    case .refused(let refusal): refusal.isAboutAccess ? .auth : .http
    case .timedOut, .unheard: .timeout
    case .ended(let end): end.layer
    case .transport(let failure): failure.layer
    case .unknownVersion: .config
    }
  }
}

extension TransportFailure {
  var layer: ErrorLayer {
    switch self {
    case .launch: .spawn
    case .notOpen, .write, .congested: .tcp
    case .network(let failure): failure.layer.errorLayer
    case .refused(let refusal): refusal.isAboutAccess ? .auth : .http
    }
  }
}

extension NetworkFailure.Layer {
  fileprivate var errorLayer: ErrorLayer {
    switch self {
    case .nameLookup: .dns
    case .connect, .proxy: .tcp
    case .tls: .tls
    case .request, .answer, .redirect: .http
    case .message: .protocol
    case .setting: .config
    case .timeLimit: .timeout
    }
  }
}

extension TransportEnd {
  /// A process that has gone away belongs to the layer that started it.
  fileprivate var layer: ErrorLayer {
    switch self {
    case .byUs: .cancelled
    case .process: .spawn
    case .byPeer: .tcp
    case .streamEnded: .http
    case .failed(let failure): failure.layer
    }
  }
}
