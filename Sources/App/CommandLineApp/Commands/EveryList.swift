import EventLoop
import JSON
import Operations

/// All lists of a server in one answer, those whose pages failed among them as far as they came.
enum EveryList {
  @LoopActor
  static func show(
    _ run: ServerRun, _ connection: Connection
  ) async throws(CommandFailure) -> ExitCode {
    var reports: [ListReport] = []
    var failures: [OperationFailure] = []
    for list in connection.offeredLists {
      do throws(OperationFailure) {
        let report = try await connection.recordedList(list)
        reports.append(report)
        if let failure = report.failure { failures.append(failure) }
      } catch  where error.isMethodMissing {
        // Many that have resources know no templates.
        run.say("the server says that it has \(list.rawValue), and knows no \(list.method)")
      } catch {
        failures.append(error)
        if error.kind != .protocolError { break }
      }
    }
    write(reports, run)
    if let failure = failures.first { throw CommandFailure(failure) }
    return .ok
  }

  @LoopActor
  private static func write(_ reports: [ListReport], _ run: ServerRun) {
    guard run.wantsJSON else {
      for (number, report) in reports.enumerated() {
        if number > 0 { run.context.output.line("") }
        run.context.output.line("\(report.list.rawValue) (\(report.items.count))")
        guard !report.items.isEmpty else { continue }
        for line in ListText.lines(report) { run.context.output.line("  \(line)") }
      }
      return
    }
    let json = reports.reduce(into: JSONObject()) { $0[$1.list.member] = .array($1.items) }
    run.context.output.document(.object(json), asReceived: text(reports)?[...])
  }

  /// The members of all of them in one object, every item as it was written.
  private static func text(_ reports: [ListReport]) -> [UInt8]? {
    var text = [UInt8(ascii: "{")]
    for report in reports {
      guard let object = report.text else { return nil }
      if text.count > 1 { text.append(UInt8(ascii: ",")) }
      text += object.dropFirst().dropLast()
    }
    return text + [UInt8(ascii: "}")]
  }
}
