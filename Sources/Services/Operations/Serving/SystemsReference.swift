package import EventLoop
import MockBackend
import MockCatalogs

/// What there is to read of the systems that can be served.
@LoopActor
package enum SystemsReference {
  /// `nil` for all of them.
  package static func markdown(of name: String?) throws(OperationFailure) -> String {
    do throws(WorldError) { return try SystemsPage.markdown(of: name) } catch {
      throw OperationFailure(.usage, layer: "config", error.description)
    }
  }
}
