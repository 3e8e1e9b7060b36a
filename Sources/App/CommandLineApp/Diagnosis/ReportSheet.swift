import Arguments
import Diagnostics
import JSON
import SafeText

/// Writes findings in the form that was asked for.
struct ReportSheet {
  let arguments: ParsedArguments
  let context: CommandContext

  var format: DoctorReport.Format {
    let named = arguments[DoctorRows.format].flatMap(DoctorReport.Format.init(rawValue:))
    return named ?? (arguments.has(.json) ? .json : .text)
  }

  /// From which level on a finding is a failure.
  var level: Finding.Status { arguments[DoctorRows.failOn] == "warning" ? .warning : .error }

  /// Nothing is to be connected to.
  var isBrief = false

  /// For people, as they come.
  func tell(_ findings: [Finding]) {
    let isVerbose = arguments.has(TargetRows.verbose)
    // Where there is nothing to connect to, that most checks were skipped is no news.
    for finding in findings where isVerbose || finding.status != .skipped || !isBrief {
      for line in DoctorText.lines(finding, isVerbose: isVerbose) { context.output.line(line) }
    }
    context.output.flush()
  }

  /// The whole, or what stands below findings that were told.
  func write(_ report: DoctorReport) {
    switch format {
    case .text: context.output.line("\n\(report.summary)")
    case .json: context.output.document(report.json)
    case .junit, .sarif, .markdown:
      if let text = report.text(as: format, failingFrom: level) { context.output.write(text) }
    }
  }
}
