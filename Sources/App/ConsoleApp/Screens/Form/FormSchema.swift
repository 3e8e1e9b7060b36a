package import JSON
import JSONSchema

/// A schema with what is made of it once: the fields of its form, and the validator.
package struct FormSchema: Sendable {
  package let json: JSON
  let deriver: FormDeriver
  let validator: SchemaValidator

  package init(_ json: JSON) {
    self.json = json
    deriver = FormDeriver(json)
    var options = SchemaOptions.ofServers
    // A person is told of a slip before it is sent, as the dialog of the command line does.
    options.assertsFormats = true
    validator = SchemaValidator(json, options: options)
  }
}

extension FormSchema: Hashable {
  package static func == (left: FormSchema, right: FormSchema) -> Bool { left.json == right.json }

  package func hash(into hasher: inout Hasher) { json.hash(into: &hasher) }
}
