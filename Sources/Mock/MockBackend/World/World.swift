package import EventLoop

/// The living state of one system.
@LoopActor
package final class World {
  package let system: WorldSystem
  package let store: WorldStore
  package let clock: any LoopClock
  /// Told of changes that others than the caller may want to know.
  package var onChange: (@LoopActor (WorldChange) -> Void)?

  package init(
    _ system: WorldSystem, _ options: WorldOptions = WorldOptions(), clock: any LoopClock
  ) throws(WorldError) {
    self.system = system
    self.clock = clock
    store = try WorldStore(
      options.path ?? ":memory:", system.entities, extras: system.extras, seed: options.seed)
    if options.plantsLate {
      store.beforeUse = { [weak self] () throws(WorldError) in try self?.plant(options) }
    } else {
      try plant(options)
    }
  }

  private func plant(_ options: WorldOptions) throws(WorldError) {
    guard try store.fact("seeded") == nil else { return }
    try store.together { () throws(WorldError) in
      // Another program may have planted it while this one waited.
      guard try store.fact("seeded") == nil else { return }
      try system.seed(self, options)
      try store.setFact("seeded", Int64(bitPattern: options.seed))
    }
  }

  package var now: WallTime { clock.wallTime }
  package var today: Day { Day(now) }
}

/// What a world is made with.
package struct WorldOptions: Sendable, Hashable {
  /// A file; nil keeps everything in memory.
  package var path: String?
  package var seed: UInt64 = 1
  /// How many times the usual number of records.
  package var scale = 1
  /// Plants the records when they are looked at for the first time: for what has to be there at once.
  package var plantsLate = false

  package init() {}
}

/// A kind of world: its records and where they come from.
package struct WorldSystem: Sendable {
  package let name: String
  package let entities: [Entity]
  /// Statements beside the tables.
  let extras: [String]
  let seed: @LoopActor @Sendable (World, WorldOptions) throws(WorldError) -> Void

  init(
    _ name: String, _ entities: [Entity], extras: [String] = [],
    seed: @escaping @LoopActor @Sendable (World, WorldOptions) throws(WorldError) -> Void
  ) {
    self.name = name
    self.entities = entities
    self.extras = extras
    self.seed = seed
  }
}

/// Something about a world that is not as it was.
package enum WorldChange: Sendable, Hashable {
  /// A record that is shown as a resource.
  case record(String, id: String)
  /// Which resources there are.
  case listing
  /// A role or a feature flag: what somebody may see.
  case access
}
