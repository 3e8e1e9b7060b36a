import Arguments
import Diagnostics
import EventLoop
import JSON
import Operations
import SafeText
import Settings

/// One run of the doctor: examines, tells each finding when it is made, and writes the report.
@LoopActor
struct DoctorRun {
  let arguments: ParsedArguments
  let context: CommandContext

  func run() async throws(CommandFailure) -> ExitCode {
    let station = Station(.of(context), loop: LoopActor.loop)
    station.openJournal()
    var subject = DoctorSubject(arguments: arguments, context: context).read()
    subject.signIn = signInOffer(station)
    let sheet = ReportSheet(
      arguments: arguments, context: context, isBrief: subject.definition == nil)
    let isText = sheet.format == .text
    if isText { context.output.line(SafeText(subject.label).text) }
    let examination = Examination(subject, on: station) { if isText { sheet.tell([$0]) } }
    await examination.run()
    await station.close()
    guard !Task.isCancelled else { return .interrupted }
    sheet.write(DoctorReport(target: subject.label, findings: examination.findings))
    try writeBundle(examination)
    return code(examination.findings.firstFailure(from: sheet.level))
  }

  private func signInOffer(_ station: Station) -> SignInOffer? {
    guard arguments.has(SignInRows.underway) || arguments.has(SignInRows.fetch) else { return nil }
    var order = SignInOrder()
    order.agreesByItself = arguments.has(SignInRows.fetch)
    return SignInOffer(order, SignInPrompt(context, station).scene { _ in })
  }

  private func code(_ failure: Finding?) -> ExitCode {
    guard let failure else { return .ok }
    return CommandFailure(OperationFailure(failure.kind, layer: failure.check, failure.cause)).code
  }

  // MARK: - The bundle

  private func writeBundle(_ examination: Examination) throws(CommandFailure) {
    guard let file = arguments[DoctorRows.bundle] else { return }
    let bundle = SupportBundle(examination, program: Release.version)
    context.errors.line("alidade: the bundle holds")
    for line in bundle.contents { context.errors.line("  \(SafeText(line).text)") }
    context.errors.flush()
    try context.write(Array(bundle.json.pretty.utf8), to: file, isPrivate: true)
    context.errors.line("alidade: wrote \(SafeText(file).text)")
  }
}
