import TestSupport
import Testing

/// What servers do that they should not: each row ends in its class, told, and with all that the server did say.
@Suite(.inTurns) struct ServerQuirkTests {
  @Test(arguments: QuirkRow.messages)
  func `a message that is odd`(row: QuirkRow) async throws { try await row.check() }

  @Test(arguments: QuirkRow.answers)
  func `an answer of HTTP that is odd`(row: QuirkRow) async throws { try await row.check() }

  @Test(arguments: QuirkRow.streams)
  func `an event stream that is odd`(row: QuirkRow) async throws { try await row.check() }

  @Test(arguments: QuirkRow.openings)
  func `an opening that is odd`(row: QuirkRow) async throws { try await row.check() }

  @Test(arguments: QuirkRow.sessions)
  func `a session that is odd`(row: QuirkRow) async throws { try await row.check() }

  @Test(arguments: QuirkRow.schemas)
  func `a schema that is odd`(row: QuirkRow) async throws { try await row.check() }

  @Test(arguments: QuirkRow.results)
  func `a result that is odd`(row: QuirkRow) async throws { try await row.check() }

  @Test(arguments: QuirkRow.pages)
  func `a list that is odd`(row: QuirkRow) async throws { try await row.check() }

  @Test(arguments: QuirkRow.rounds)
  func `a round of input that is odd`(row: QuirkRow) async throws { try await row.check() }

  @Test(arguments: QuirkRow.tasks + QuirkRow.plainAnswers)
  func `a task that is odd`(row: QuirkRow) async throws { try await row.check() }

  @Test(arguments: QuirkRow.processes)
  func `a program that is odd`(row: QuirkRow) async throws { try await row.check() }
}
