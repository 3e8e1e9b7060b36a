import CommandLineApp
import TestSupport
import Testing

/// Which finding has a test that makes its cause for real.
enum DoctorLedger {
  /// Every finding that the reference lists.
  static let reference: Set<String> = {
    let lines = (Repository.text(of: "docs/CHECKS.md") ?? "").split(separator: "\n")
    return Set(lines.filter { $0.hasPrefix("| `") }.map { String($0.split(separator: "`")[1]) })
  }()

  static let made: Set<String> =
    Set(
      (DoctorNetworkTests.rows + DoctorTLSTests.rows.map(\.row) + [
        DoctorTLSTests.plain, DoctorContentTests.loss,
      ]
        + DoctorContentTests.rows + DoctorErrorTests.rows + DoctorConfigTests.rows
        + DoctorAccessTests.rows
        + DoctorTests.cases + DoctorProcessTests.rows).filter { $0.status != "ok" }.flatMap {
          [$0.id] + $0.covers
        }
    )
    .union(FaultFindings.rows.values)

  /// Those that a test cannot make in good order, and why.
  static let unmade: [String: String] = [
    "tcp-failed": "for what the system says of a connection beyond the usual"
  ]
}

@Suite struct DoctorLedgerTests {
  @Test func `every finding of the reference is made for real by a test`() {
    let missing = DoctorLedger.reference.subtracting(DoctorLedger.made)
      .subtracting(DoctorLedger.unmade.keys)
    #expect(missing.isEmpty, "\(missing.sorted())")
  }

  @Test func `every finding that a test makes stands in the reference`() {
    let unknown = DoctorLedger.made.subtracting(DoctorLedger.reference)
    #expect(unknown.isEmpty, "\(unknown.sorted())")
  }
}
