import EventLoop
import Operations
import SafeText

/// Sends the user to the page of a sign-in, in a browser of this machine or elsewhere.
@LoopActor
struct SignInPrompt {
  private let context: CommandContext
  private let station: Station
  private let opensBrowser: Bool

  init(_ context: CommandContext, _ station: Station, opensBrowser: Bool = true) {
    self.context = context
    self.station = station
    self.opensBrowser = opensBrowser
  }

  func scene(_ step: @escaping @LoopActor @Sendable (SignInStep) -> Void) -> SignInScene {
    var scene = SignInScene(show: { page in present(page) }, step: step)
    if context.isAttended {
      scene.typed = { [context] in await context.input.line(false) }
    }
    return scene
  }

  private func present(_ page: SignInPage) {
    if let code = page.userCode {
      tell("Open this page on any device and type the code \(SafeText(code).text):")
      return tell("  \(SafeText(page.address).text)")
    }
    if opensBrowser, station.hasBrowser {
      do throws(OperationFailure) {
        try station.open(WebPage(page.address))
        tell("A browser is opened at \(host(of: page)). If none comes up, open this address:")
        return tell("  \(SafeText(page.address).text)")
      } catch {
        tell(SafeText(error.sentence).text)
      }
    }
    tell("Open this address in a browser:")
    tell("  \(SafeText(page.address).text)")
    if let port = page.port { tellOfOtherMachines(port) }
  }

  private func tellOfOtherMachines(_ port: UInt16) {
    let through = "let its answer through: ssh -L \(port):127.0.0.1:\(port) THIS-MACHINE"
    guard context.isAttended else {
      return tell("If the browser is on another machine, \(through)")
    }
    tell("If the browser is on another machine, paste here the address it ends at,")
    tell("or \(through)")
  }

  private func host(of page: SignInPage) -> String {
    SafeText(WebPage(page.address).host ?? "").text
  }

  /// What the user must see, even where programs read along: the page cannot be found otherwise.
  private func tell(_ line: String) {
    context.errors.line(line)
    context.errors.flush()
  }
}
