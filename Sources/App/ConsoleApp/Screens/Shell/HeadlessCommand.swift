import JSON
import Settings

/// What a person would type in a shell for what the window does.
enum HeadlessCommand {
  /// What a form would send.
  static func of(_ form: Screen, _ value: JSON, _ link: Link) -> String {
    switch form.id {
    case .templateForm: read(link, TemplateForm.uri(form.subject, value) ?? form.subject)
    case .promptForm: prompt(link, form.subject, value.object ?? [:])
    default: call(link, form.subject, value)
    }
  }

  static func of(_ record: CallRecord, _ link: Link) -> String {
    switch record.order {
    case .tool(let name, _, _): return call(link, name, record.shownArguments)
    case .resource(let uri): return read(link, uri)
    case .prompt(let name, let arguments): return prompt(link, name, arguments ?? [:])
    case .raw(let method, let params): return raw(link, method, params)
    }
  }

  static func raw(_ link: Link, _ method: String, _ params: JSON?) -> String {
    let words = [method] + (params.map { [$0.compact] } ?? [])
    return "alidade raw \(link.shellTarget) \(ShellWords.join(words))"
  }

  static func call(_ link: Link, _ tool: String, _ arguments: JSON?) -> String {
    var words = ["alidade", "call"]
    words.append(link.shellTarget)
    words.append(ShellWords.join([tool]))
    if let arguments { words += ["--args", ShellWords.join([arguments.compact])] }
    return words.joined(separator: " ")
  }

  static func read(_ link: Link, _ uri: String) -> String {
    "alidade read \(link.shellTarget) \(ShellWords.join([uri]))"
  }

  static func prompt(_ link: Link, _ name: String, _ arguments: JSONObject) -> String {
    let words = arguments.members.map { "\($0.key)=\($0.value.string ?? $0.value.compact)" }
    return "alidade prompt \(link.shellTarget) \(ShellWords.join([name] + words))"
  }
}
