import Authorization
import Database
import EventLoop
import Faults
import HTTPCore
import JSON

/// What has become of a device's request.
enum DeviceState: String, Sendable {
  case pending, allowed, refused
}

/// A device's request as it is polled for.
enum DevicePolling: Sendable {
  case unknown
  case expired
  case tooFast
  case pending
  case refused
  case allowed(AuthorizationAsk, person: String)
}

extension AuthorizationStore {
  func begin(
    device hash: [UInt8], _ ask: AuthorizationAsk, of system: String, pause: Duration,
    until expires: WallTime
  ) async throws(AuthorizationStoreError) {
    _ = try await perform { connection throws(DatabaseError) in
      try connection.execute(
        """
        INSERT INTO device (hash, system, user_code, request, state, person, expires, polled, pause)
          VALUES (?, ?, ?, ?, 'pending', '', ?, 0, ?)
        """,
        [
          .blob(hash), .text(system), .text(ask.userCode ?? ""), .text(ask.json.compact),
          .integer(expires.microseconds), .integer(pause.components.seconds),
        ])
    }
  }

  /// What a device asks for, by the code it shows; nil for one that was answered or is over.
  func device(
    _ userCode: String, of system: String, at now: WallTime
  ) async throws(AuthorizationStoreError) -> AuthorizationAsk? {
    try await perform { connection throws(DatabaseError) in
      try connection.rows(
        """
        SELECT request FROM device
          WHERE user_code = ? AND system = ? AND state = 'pending' AND expires > ?
        """, [.text(userCode), .text(system), .integer(now.microseconds)]
      ).first.flatMap { AuthorizationAsk($0[0].text ?? "") }
    }
  }

  /// False where the code was answered before.
  func finish(
    device userCode: String, of system: String, _ state: DeviceState, person: String
  ) async throws(AuthorizationStoreError) -> Bool {
    try await perform { connection throws(DatabaseError) in
      try connection.execute(
        """
        UPDATE device SET state = ?, person = ?
          WHERE user_code = ? AND system = ? AND state = 'pending'
        """, [.text(state.rawValue), .text(person), .text(userCode), .text(system)]) > 0
    }
  }

  /// A device that asks too often has to wait longer each time.
  func poll(
    device hash: [UInt8], of system: String, at now: WallTime
  ) async throws(AuthorizationStoreError) -> DevicePolling {
    try await transaction { connection throws(DatabaseError) in
      let row = try connection.rows(
        """
        SELECT request, state, person, expires, polled, pause FROM device
          WHERE hash = ? AND system = ?
        """, [.blob(hash), .text(system)]
      ).first
      guard let row, let ask = AuthorizationAsk(row[0].text ?? "") else { return .unknown }
      guard (row[3].integer ?? 0) > now.microseconds else { return .expired }
      let pause = row[5].integer ?? 5
      let isTooFast =
        now.microseconds - (row[4].integer ?? 0) < pause * 1_000_000 - 100_000
      switch DeviceState(rawValue: row[1].text ?? "") {
      case .allowed:
        try connection.execute("DELETE FROM device WHERE hash = ?", [.blob(hash)])
        return .allowed(ask, person: row[2].text ?? "")
      case .refused: return .refused
      case .pending, nil:
        try connection.execute(
          "UPDATE device SET polled = ?, pause = ? WHERE hash = ?",
          [
            .integer(now.microseconds), .integer(isTooFast ? pause + 5 : pause), .blob(hash),
          ])
        return isTooFast ? .tooFast : .pending
      }
    }
  }
}

// Devices without a browser (RFC 8628).
extension AuthorizationServer {
  func beginDevice(_ call: WebCall) async throws(Refusal) -> WebAnswer {
    let client = try await authenticated(call)
    var ask = AuthorizationAsk(
      client: client, redirect: "", scopes: try scopes(call.form["scope"]), challenge: "")
    ask.resource = try resource(call.form.all("resource"), call.base)
    ask.userCode = try userCode()
    let code = try random(32)
    let hash = digest(code)
    let asked = ask
    let pause = settings.consent == .auto ? Duration.seconds(1) : settings.deviceInterval
    try await kept { () async throws(AuthorizationStoreError) in
      try await store.begin(
        device: hash, asked, of: settings.system, pause: pause,
        until: clock.wallTime.advanced(by: settings.deviceLife))
    }
    try await decideWithoutPage(ask)
    let userCode = ask.userCode ?? ""
    return .json([
      "device_code": .string(code), "user_code": .string(userCode),
      "verification_uri": .string(call.base + "/device"),
      "verification_uri_complete": .string(call.base + "/device?user_code=" + userCode),
      "expires_in": .number(JSONNumber(settings.deviceLife.components.seconds)),
      "interval": .number(JSONNumber(pause.components.seconds)),
    ])
  }

  private func decideWithoutPage(_ ask: AuthorizationAsk) async throws(Refusal) {
    switch faults.has(.userRefuses) ? .deny : settings.consent {
    case .page: return
    case .auto:
      let person = try usual()
      try await remember(ask, person)
      _ = try await finish(device: ask, person: person)
    case .deny: _ = try await finish(device: ask, person: nil)
    case .terminal:
      // The device polls in the meantime.
      Task { @LoopActor in
        do throws(Refusal) {
          let person = try await answerAtTerminal(ask, try usual())
          _ = try await finish(device: ask, person: person)
        } catch {
          do throws(Refusal) { _ = try await finish(device: ask, person: nil) } catch { return }
        }
      }
    }
  }

  private static let letters = Array("BCDFGHJKLMNPQRSTVWXZ")

  private func userCode() throws(Refusal) -> String {
    let bytes = digest(try random(32))
    let letters = bytes.prefix(8).map { Self.letters[Int($0) % Self.letters.count] }
    return String(letters[..<4]) + "-" + String(letters[4...])
  }

  func device(_ call: WebCall) async throws(Refusal) -> WebAnswer {
    guard let typed = call.form["user_code"] ?? call.query["user_code"] else {
      return ConsentPage.code(title: settings.title, problem: nil)
    }
    var letters = typed.uppercased().filter(\.isLetter)
    if letters.count == 8 {
      letters.insert("-", at: letters.index(letters.startIndex, offsetBy: 4))
    }
    let code = letters
    let found = try await kept { () async throws(AuthorizationStoreError) in
      try await store.device(code, of: settings.system, at: clock.wallTime)
    }
    guard let found else {
      return ConsentPage.code(
        title: settings.title, problem: "No device waits with that code. Look at it again.")
    }
    let session = try session(call)
    return try page(found, session, try usual(session.person.flatMap(person)), call)
  }

  /// Nobody for a refusal.
  func finish(
    device ask: AuthorizationAsk, person: Person?, _ cookie: String? = nil
  ) async throws(Refusal) -> WebAnswer {
    let isNew = try await kept { () async throws(AuthorizationStoreError) in
      try await store.finish(
        device: ask.userCode ?? "", of: settings.system, person == nil ? .refused : .allowed,
        person: person?.id ?? "")
    }
    guard isNew else {
      return ConsentPage.refused("That device was answered before.", title: settings.title)
    }
    var answer = ConsentPage.message(
      person == nil ? "The device was refused" : "The device is signed in",
      "You can close this page.", title: settings.title)
    if let cookie { answer.fields.append("Set-Cookie", cookie) }
    return answer
  }

  func poll(_ call: WebCall, _ client: StoredClient) async throws(Refusal) -> WebAnswer {
    guard let code = call.form["device_code"] else {
      throw Refusal(.invalidRequest, "device_code is missing")
    }
    let thumbprint = try thumbprint(call)
    let hash = digest(code)
    let found = try await kept { () async throws(AuthorizationStoreError) in
      try await store.poll(device: hash, of: settings.system, at: clock.wallTime)
    }
    switch found {
    case .unknown: throw Refusal(.invalidGrant, "there is no such device_code")
    case .expired: throw Refusal(.expired, "the device_code is over")
    case .tooFast: throw Refusal(.slowDown, "that is too often; wait 5 seconds longer")
    case .pending: throw Refusal(.pending, "the user has not answered yet")
    case .refused: throw Refusal(.accessDenied, "the user has refused")
    case .allowed(let ask, let person):
      guard ask.client == client.id else {
        throw Refusal(.invalidGrant, "the device_code was given to another client")
      }
      let grant = StoredGrant(
        id: try random(12), person: person, client: client.id, scopes: ask.scopes,
        resource: ask.resource ?? settings.usualResource(call.base), thumbprint: thumbprint ?? "")
      return try await begin(grant, call, client)
    }
  }
}
