package import JSON

/// What the present mode of the client can answer; the codec of an era turns it into capabilities.
package struct ClientFeatures: Sendable, Hashable {
  package var roots: Bool
  package var sampling: Bool
  package var samplingTools: Bool
  package var elicitationForm: Bool
  package var elicitationURL: Bool
  package var tasks: Bool
  /// Extensions by identifier with their settings.
  package var extensions: JSONObject
  package var experimental: JSONObject

  package init(
    roots: Bool = false, sampling: Bool = false, samplingTools: Bool = false,
    elicitationForm: Bool = false, elicitationURL: Bool = false, tasks: Bool = false,
    extensions: JSONObject = JSONObject(), experimental: JSONObject = JSONObject()
  ) {
    self.roots = roots
    self.sampling = sampling
    self.samplingTools = samplingTools
    self.elicitationForm = elicitationForm
    self.elicitationURL = elicitationURL
    self.tasks = tasks
    self.extensions = extensions
    self.experimental = experimental
  }
}
