import EventLoop
import MCPEras
import MCPProtocol
import Transports

/// The end of the opening handshake, the same after the first `initialize` and after any later one.
@LoopActor
struct Handshake {
  let channel: Channel
  let settings: SessionSettings

  /// Settles the transport, tells the server that we are ready, and waits until it knows: some servers refuse
  /// whatever comes earlier. Only then the standing stream is opened.
  func finish(find: @LoopActor (Finding) -> Void) async {
    channel.transport.adopt(TransportProfile(channel.codec, pushStream: false))
    if let notice = channel.codec.encode(.initialized).value {
      let status = await channel.deliver(notice)
      if let status { find(.initializedRefused(status: status == 0 ? nil : status)) }
    }
    await openPushStream()
  }

  /// A server that asks its questions on the standing stream drops those that it has no stream for: where it may ask,
  /// no call goes out before the stream is open or declined.
  private func openPushStream() async {
    let profile = TransportProfile(channel.codec, pushStream: true)
    guard profile.opensPushStream, channel.transport.kind == .streamableHTTP else {
      return channel.transport.adopt(profile)
    }
    guard channel.declared.mayBeAsked else {
      return channel.adopt(profile, after: settings.pushStreamDelay)
    }
    let settled = channel.expectPushStream()
    channel.transport.adopt(profile)
    await channel.wait(for: settled, atMost: Self.patience)
  }

  private static let patience = Duration.seconds(2)
}

extension ClientFeatures {
  /// Whether a server may send requests of its own.
  fileprivate var mayBeAsked: Bool { roots || sampling || elicitationForm || elicitationURL }
}
