package import Operations
package import Settings

/// What is to be examined, as far as the command line and the files of this machine describe it.
package struct Subject: Sendable {
  /// A fault in a file of this machine, where it stands and in a sentence.
  package struct Fault: Sendable, Hashable {
    package var place: String
    package var sentence: String
    package var isError: Bool
    /// What scripts know it by.
    package var id: String
    package var fix: String?

    package init(
      place: String, sentence: String, isError: Bool, id: String,
      fix: String? = nil
    ) {
      self.place = place
      self.sentence = sentence
      self.isError = isError
      self.id = id
      self.fix = fix
    }
  }

  /// As it is named to people.
  package var label: String
  /// Nil where nothing is to be connected to, or where it cannot be described.
  package var definition: ServerDefinition?
  package var faults: [Fault]
  /// Signs in on the way, where the server asks for it.
  package var signIn: SignInOffer?

  package init(label: String, definition: ServerDefinition?, faults: [Fault] = []) {
    self.label = label
    self.definition = definition
    self.faults = faults
  }
}
