import JSON
import MCPProtocol

extension ClientFeatures {
  func samplingJSON(_ features: WireFeatures) -> JSON {
    samplingTools && features.has(.samplingTools) ? ["tools": [:]] : [:]
  }

  /// Nil where no mode that the revision knows can be answered.
  func elicitationJSON(_ features: WireFeatures) -> JSON? {
    guard features.has(.elicitationModes) else { return elicitationForm ? [:] : Optional.none }
    var modes = JSONObject()
    if elicitationForm { modes["form"] = [:] }
    if elicitationURL { modes["url"] = [:] }
    return modes.isEmpty ? Optional.none : .object(modes)
  }
}
