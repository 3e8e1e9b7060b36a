import CRelease

/// What this build of the program calls itself: by its tag where it was built for others.
package enum Release {
  package static let version = String(cString: crelease_version())
}
