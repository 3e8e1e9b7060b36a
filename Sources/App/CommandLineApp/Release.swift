/// What this build of the program calls itself.
package enum Release {
  package static let version = "0.1.0"
}
