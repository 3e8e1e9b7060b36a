import Authorization
import Crypto
import EventLoop
import HTTP
import HTTPCore
import JSON
import SafeText
import Settings

extension Station {
  /// Where sign-ins are kept; nil without a home.
  var signInFolder: String? { settings.stateFolder.map { "\($0)/sign-ins" } }

  /// Without `keeps` nothing is read or kept; `keeping` where something new is going to be.
  func desk(
    for definition: ServerDefinition?, keeps: Bool = true, keeping: Bool = false
  ) async throws(OperationFailure) -> AuthorizationDesk {
    let crypto: CryptoLibrary
    do throws(CryptoError) { crypto = try CryptoLibrary.load() } catch {
      throw OperationFailure(.usage, layer: "config", error.description)
    }
    let folder = keeps ? signInFolder : nil
    let seal = await seal(crypto, keeping: keeping)
    let store = folder.map { TokenStore(folder: $0, crypto: crypto, seal: seal) }
    let tls = definition?.tls ?? ServerDefinition.TLS()
    let own = Self.host(of: definition)
    return AuthorizationDesk(clock: clock, crypto: crypto, store: store) { [self] request in
      await carry(request, tls, isOwnHost: request.url.host == own)
    }
  }

  /// The key of the files is asked for once, and only where one is needed.
  private func seal(_ crypto: CryptoLibrary, keeping: Bool) async -> TokenSeal {
    if let seal { return seal }
    guard let folder = signInFolder, keeping || TokenStore.holdsSealed(in: folder) else {
      return .unasked
    }
    let environment = settings.environment
    do {
      let found = try await LoopActor.loop.blocking("keyring") {
        TokenSeal.load(environment: environment, folder: folder, crypto)
      }
      seal = found
      return found
    } catch {
      return .unasked
    }
  }

  private static func host(of definition: ServerDefinition?) -> String? {
    do { return try definition?.url.map { try WebURL($0) }?.host } catch { return nil }
  }

  /// The user's authorities hold everywhere; what else was said about TLS is for the server's own host alone.
  private func carry(
    _ request: AuthorizationRequest, _ tls: ServerDefinition.TLS, isOwnHost: Bool
  ) async -> AuthorizationOutcome {
    var options = HTTPRequestOptions()
    options.limits = HTTPLimits(
      connect: .seconds(15), idle: .seconds(30), total: .seconds(60), bodySize: 1 << 20)
    options.proxy = ProxyRule(environment: settings.environment)
    options.refusesPrivateAddresses = request.refusesPrivateAddresses
    options.isRepeatable = request.method == "GET"
    options.tls.authorities = tls.authorities
    if isOwnHost {
      options.tls.certificate = tls.certificate
      options.tls.key = tls.key
      options.tls.isInsecure = tls.isInsecure
    }
    let exchange = http.send(
      HTTPRequest(
        request.method, request.url, fields: request.fields, body: request.body, options: options))
    do throws(HTTPError) {
      let head = try await exchange.head()
      let body = try await exchange.body()
      return .success(AuthorizationAnswer(status: head.status, fields: head.fields, body: body))
    } catch {
      var outage = AuthorizationOutage(sentence: error.sentence)
      if case .privateAddress(let address) = error.failure { outage.privateAddress = address }
      outage.isUseless = error.failure.layer == .http
      return .failure(outage)
    }
  }
}

extension OperationFailure {
  init(_ failure: AuthorizationFailure, target: String) {
    let kind: Kind =
      switch failure {
      case .network: .unreachable
      case .interrupted: .interrupted
      case .store, .cannotListen, .noCrypto, .noKey: .usage
      default: .unauthorized
      }
    self.init(
      kind, layer: "auth", "\(target): \(failure.sentence)", hint: failure.advice,
      details: ["target": .string(target), "layer": "auth", "auth": .string(failure.code)])
  }
}
