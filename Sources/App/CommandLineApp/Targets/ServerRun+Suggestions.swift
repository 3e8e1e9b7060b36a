import Arguments
import EventLoop
import JSON
import Operations

extension ServerRun {
  /// Asks for something by its name. Where that is refused, looks in those lists for what may have been meant.
  func asked<Value: Sendable>(
    orSuggest name: String, from lists: [CatalogList],
    _ question: @LoopActor () async throws(OperationFailure) -> Value
  ) async throws(CommandFailure) -> Value {
    do throws(CommandFailure) { return try await asked(question) } catch {
      var failure = error
      guard failure.code == .protocolError, failure.hint == nil, let connection else { throw error }
      failure.hint = await hint(for: name, in: lists, connection)
      throw failure
    }
  }

  private func hint(
    for name: String, in lists: [CatalogList], _ connection: Connection
  ) async -> String? {
    var items: [(list: CatalogList, item: JSON)] = []
    for list in lists {
      // What cannot be listed has nothing to suggest.
      do throws(OperationFailure) {
        items += try await connection.list(list).items.map { (list, $0) }
      } catch { continue }
    }
    if let found = items.first(where: { $0.item[$0.list.identity]?.string == name }) {
      return Self.missing(in: found.item, given: arguments.all(CallArguments.words))
    }
    let names = items.compactMap { $0.item[$0.list.identity]?.string }
    let near = Spelling.nearest(to: name, in: names)
    return near.isEmpty
      ? nil : "did you mean \(near.map { "'\($0)'" }.joined(separator: ", "))?"
  }

  /// The arguments that a prompt needs and did not get.
  private static func missing(in prompt: JSON, given words: [String]) -> String? {
    let needed = (prompt["arguments"]?.array ?? []).filter { $0["required"] == true }
      .compactMap { $0["name"]?.string }
    let missing = needed.filter { name in
      !words.contains { $0.hasPrefix("\(name)=") || $0.hasPrefix("\(name):=") }
    }
    return missing.isEmpty ? nil : "it needs \(missing.joined(separator: ", "))"
  }
}
