import Authorization
import EventLoop
import Faults
import Glibc
import JSON

/// Which faults are switched on in the servers of one folder, so that other programs can switch them.
package struct FaultFile: Sendable {
  private let path: String

  package init(_ folder: DataFolder) { path = folder.file(.faults) }

  package func active(of system: String) -> Set<String> {
    Set(all()[system]?.array?.compactMap(\.string) ?? [])
  }

  package func set(_ active: Set<String>, of system: String) throws(OperationFailure) {
    var all = all()
    all[system] = active.isEmpty ? nil : .array(active.sorted().map(JSON.string))
    do throws(AuthorizationFailure) {
      try WholeFile.write(JSON.object(all).compactBytes, to: path)
    } catch { throw OperationFailure(.usage, layer: "config", error.sentence) }
  }

  /// What cannot be read switches nothing on.
  private func all() -> JSONObject {
    do { return try WholeFile.read(path).map { try JSON.parse($0) }?.object ?? [:] } catch {
      return [:]
    }
  }

  /// Changes whenever the file does.
  fileprivate var stamp: [Int] {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return [] }
    return [
      Int(facts.st_ino), Int(facts.st_size), facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec,
    ]
  }
}

/// Keeps a running system's faults as its folder's file has them. Looked at when something is asked, never in between.
@LoopActor
final class FaultWatch {
  private let file: FaultFile
  private let system: String
  private let board: FaultBoard
  private var stamp: [Int]
  private var turn: UInt64?

  init(_ file: FaultFile, _ system: String, _ board: FaultBoard) throws(OperationFailure) {
    self.file = file
    self.system = system
    self.board = board
    if file.active(of: system) != board.active { try file.set(board.active, of: system) }
    stamp = file.stamp
  }

  /// A board with what is wished to go wrong, and, where records lie in a folder, the watch over their switches.
  static func open(
    _ rows: [FaultRow], on active: Set<String>, of system: String, in records: RecordStore?
  ) throws(OperationFailure) -> (FaultBoard, FaultWatch?) {
    let board = FaultBoard(rows)
    do throws(UnknownFault) { try board.replace(with: active) } catch {
      throw OperationFailure(
        .usage, layer: "config", "there is no fault '\(error.id)'",
        hint: "known: \(error.known.joined(separator: ", "))")
    }
    guard case .folder(let folder) = records else { return (board, nil) }
    return (board, try FaultWatch(FaultFile(folder), system, board))
  }

  /// Requests of one turn of the loop came at one time: the first of them looks.
  func glance() {
    guard turn != LoopActor.loop.turns else { return }
    turn = LoopActor.loop.turns
    let now = file.stamp
    guard now != stamp else { return }
    stamp = now
    let known = Set(board.rows.map(\.id))
    do throws(UnknownFault) {
      try board.replace(with: file.active(of: system).intersection(known))
    } catch {
      // Unknown ones were taken out: there is nothing to tell.
    }
  }
}
