package import JSON

/// A tool's failure in words for the model and the user: a result, no protocol error.
package struct ToolFailure: Error, Sendable, Hashable {
  package let text: String

  package init(_ text: String) { self.text = text }
}

/// There is nothing at that address; each revision has its own code for it.
package struct ResourceMissing: Error, Sendable, Hashable {
  package let uri: String

  package init(_ uri: String) { self.uri = uri }
}

/// An error of the protocol, for a handler that has a reason to answer with one.
package struct ProtocolFailure: Error, Sendable, Hashable {
  package let code: Int
  package let message: String
  package let data: JSON?

  package init(code: Int, message: String, data: JSON? = nil) {
    self.code = code
    self.message = message
    self.data = data
  }
}
