extension Importer {
  /// A registry's description of one server: packages to run and addresses to connect to.
  static let registry = Importer(
    "server-json", "registry server.json",
    at: [ConfigLocation(.project, "server.json")], .json,
    .common("the registry", .registry, sections: [["packages"]]),
    extras: ImporterExtras(document: { root, origin in
      var reader = RegistryReader(root: root, origin: origin)
      return reader.read()
    }))
}
