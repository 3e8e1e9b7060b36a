package import Faults

/// A fault of one running system, and whether it is switched on.
package struct ServedFault: Sendable, Hashable {
  package let system: String
  package let row: FaultRow
  package let isOn: Bool
  /// It is one of another program's servers, switched through their folder.
  package let isElsewhere: Bool
}

extension Station {
  /// The switches of every system that is being served for a `demo:NAME`; behind them those of the servers of a folder
  /// that has been served from.
  package func servedFaults(_ folder: DataFolder?) -> [ServedFault] {
    let own = ServedSystem.all.flatMap { system -> [ServedFault] in
      guard let serving = demos.serving(system.name) else { return [] }
      // What can go wrong with signing in cannot where nobody signs in.
      let rows = serving.faults.rows.filter {
        serving.records.authorization != nil || $0.place != .authorization
      }
      return Self.faults(
        of: system.name, rows, active: serving.faults.active, isElsewhere: false)
    }
    guard let folder, !settings.isDemo, folder.has(.audit) else { return own }
    let file = FaultFile(folder)
    return own
      + ServedSystem.all.flatMap { system in
        Self.faults(
          of: system.name, FaultRow.ofServing, active: file.active(of: system.name),
          isElsewhere: true)
      }
  }

  private static func faults(
    of system: String, _ rows: [FaultRow], active: Set<String>, isElsewhere: Bool
  ) -> [ServedFault] {
    rows.map {
      ServedFault(system: system, row: $0, isOn: active.contains($0.id), isElsewhere: isElsewhere)
    }
  }

  /// Of a system of this program, or of the servers of a folder.
  package func setFault(
    _ id: String, of system: String, to isOn: Bool, in folder: DataFolder?
  ) throws(OperationFailure) {
    if let folder {
      let file = FaultFile(folder)
      let active = file.active(of: system)
      return try file.set(isOn ? active.union([id]) : active.subtracting([id]), of: system)
    }
    guard let board = demos.serving(system)?.faults else {
      throw OperationFailure(.usage, layer: "config", "\(system) is not being served any more")
    }
    do throws(UnknownFault) { try board.set(id, to: isOn) } catch {
      throw OperationFailure(.usage, layer: "config", "there is no fault '\(error.id)'")
    }
  }
}
