import JSON
import JSONSchema
import Testing

/// One schema and what it says to instances: those that fit, and those that do not.
struct SchemaRow {
  let schema: String
  let fits: [String]
  let fails: [String]

  init(_ schema: String, fits: [String] = [], fails: [String] = []) {
    self.schema = schema
    self.fits = fits
    self.fails = fails
  }
}

func check(_ rows: [SchemaRow], options: SchemaOptions = SchemaOptions()) throws {
  for row in rows {
    let validator = SchemaValidator(try JSON.parse(row.schema), options: options)
    for text in row.fits {
      let answer = validator.validate(try JSON.parse(text))
      #expect(answer.isValid, "\(row.schema) refuses \(text): \(answer.violations.map(\.sentence))")
      #expect(answer.violations.isEmpty)
    }
    for text in row.fails {
      let answer = validator.validate(try JSON.parse(text))
      #expect(!answer.isValid, "\(row.schema) allows \(text)")
      #expect(!answer.violations.isEmpty, "\(row.schema) refuses \(text) without a word")
    }
  }
}

func sentences(_ schema: String, _ instance: String, options: SchemaOptions = SchemaOptions())
  throws -> [String]
{
  let validator = SchemaValidator(try JSON.parse(schema), options: options)
  return validator.validate(try JSON.parse(instance)).violations.map(\.sentence)
}
