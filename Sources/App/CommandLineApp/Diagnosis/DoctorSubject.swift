import Arguments
import Diagnostics
import JSON
import Settings

/// What the words of the command line and the files of this machine say is to be examined.
struct DoctorSubject {
  let arguments: ParsedArguments
  let context: CommandContext

  func read() -> Subject {
    guard arguments[TargetRows.target] != nil || !arguments.rest.isEmpty else {
      let known = KnownServers(context)
      return Subject(
        label: "the configuration of this machine", definition: nil,
        faults: known.sources.flatMap(faults) + known.strays.map { fault(of: $0, known) })
    }
    let reader = TargetReader(arguments: arguments, context: context)
    do throws(CommandFailure) {
      let definition = try reader.definition()
      return Subject(label: label(of: definition), definition: definition)
    } catch {
      let words = Masking.arguments([arguments[TargetRows.target] ?? ""] + arguments.rest)
      let fault = Subject.Fault(
        place: "command line", sentence: error.sentence, isError: true,
        id: error.details["reason"]?.string ?? "config-words", fix: error.hint)
      return Subject(
        label: words.filter { !$0.isEmpty }.joined(separator: " "), definition: nil,
        faults: [fault] + catalogFaults)
    }
  }

  private func label(of definition: ServerDefinition) -> String {
    let shown = definition.shown(revealing: false)
    return shown.url ?? shown.words.joined(separator: " ")
  }

  /// Where a name was given, a broken catalog may be why it is not known.
  private var catalogFaults: [Subject.Fault] {
    guard arguments[TargetRows.target]?.hasPrefix("@") == true else { return [] }
    return faults(of: KnownServers(context).catalog)
  }

  private func fault(of stray: StrayConfig, _ known: KnownServers) -> Subject.Fault {
    Subject.Fault(
      place: stray.path,
      sentence: "servers stand in \(known.shown(stray.path)), where \(stray.client) does not look",
      isError: false, id: "config-wrong-place",
      fix: "move them to \(stray.place), and restart \(stray.client)")
  }

  private func faults(of source: ServerSource) -> [Subject.Fault] {
    source.result.findings.filter { $0.severity != .note }.map { finding in
      let place = [source.path, finding.position?.description].compactMap { $0 }
      return Subject.Fault(
        place: place.joined(separator: ", "),
        sentence: [source.title, finding.server, finding.field, finding.sentence]
          .compactMap { $0 }.joined(separator: ": "),
        isError: finding.severity == .error, id: finding.code,
        fix:
          "\(finding.remedy.map { "\($0); " } ?? "")correct the file and restart \(source.title): it reads it only when it starts"
      )
    }
  }
}
