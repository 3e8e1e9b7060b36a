import TestSupport

@testable import Settings

/// A home directory of a test's own with files in it.
struct Home {
  private let folder = ScratchFolder()
  let places: ConfigPlaces

  init(_ files: [String: String] = [:], project: String = "work") throws {
    places = ConfigPlaces(
      home: folder.path, directory: folder.file(project), environment: ["HOME": folder.path])
    try SettingsFile.makeDirectory(folder.file(project))
    for (name, text) in files { try write(name, text) }
  }

  func path(_ name: String) -> String { folder.file(name) }

  func write(_ name: String, _ text: String) throws {
    let old = try SettingsFile.read(path(name))
    try SettingsFile.replace(
      path(name), with: Array(text.utf8), expecting: old, isPrivate: false)
  }

  func text(_ name: String) throws -> String? {
    try SettingsFile.read(path(name)).map { String(decoding: $0, as: UTF8.self) }
  }
}
