package import JSON
import MCPEras
import MCPProtocol

/// What is to be completed: one argument of a prompt, or one variable of a resource template.
package struct CompletionQuestion: Sendable, Hashable {
  package var reference: String
  package var argument: String
  package var prefix: String
  package var context: JSONObject

  package init(reference: String, argument: String, prefix: String, context: JSONObject = [:]) {
    self.reference = reference
    self.argument = argument
    self.prefix = prefix
    self.context = context
  }

  var call: CompletionCall {
    CompletionCall(
      reference: reference.contains("://") ? .resource(template: reference) : .prompt(reference),
      argument: argument, value: prefix, context: context)
  }
}
