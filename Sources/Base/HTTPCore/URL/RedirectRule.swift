/// What to do about a redirect: only those that keep method, body and origin are followed.
package enum RedirectDecision: Sendable, Hashable {
  case follow(WebURL)
  case refuse(RedirectRefusal)
}

/// Why a redirect was not followed.
package enum RedirectRefusal: Error, Sendable, Hashable {
  case noLocation(status: Int)
  case severalLocations([String])
  case badLocation(String, WebURLError)
  case notHTTP(WebURL)
  case changesMethod(status: Int, to: WebURL)
  case leavesOrigin(from: Origin, to: WebURL)
  case leavesTLS(WebURL)
  case loop(WebURL)
  case tooMany(limit: Int)

  /// Where the server pointed, if that could be read.
  package var target: WebURL? {
    switch self {
    case .notHTTP(let url), .changesMethod(_, let url), .leavesOrigin(_, let url),
      .leavesTLS(let url), .loop(let url):
      url
    case .noLocation, .severalLocations, .badLocation, .tooMany: nil
    }
  }

  /// Following it would lead nowhere.
  package var isEndless: Bool {
    switch self {
    case .loop, .tooMany: true
    default: false
    }
  }

  package var sentence: String {
    switch self {
    case .noLocation(let status): "The server answered \(status) without a Location header."
    case .severalLocations(let all):
      "The server named \(all.count) different places to go to: \(all.joined(separator: ", "))."
    case .badLocation(let text, let error): "The redirect to “\(text)” is broken. \(error.sentence)"
    case .notHTTP(let url): "The server redirects to \(url), which is not HTTP."
    case .changesMethod(let status, let url):
      "The server answered \(status) and points to \(url); such a redirect drops the request, so use that URL instead."
    case .leavesOrigin(let origin, let url):
      "The server redirects from \(origin) to \(url); credentials do not cross an origin, so use that URL instead."
    case .leavesTLS(let url): "The server redirects from https to \(url), which is not encrypted."
    case .loop(let url): "The server redirects in a circle, back to \(url)."
    case .tooMany(let limit): "The server redirected more than \(limit) times."
    }
  }
}

/// The redirect rule; `visited` are the URLs asked so far, the current one last.
package struct RedirectRule: Sendable {
  package var limit = 5

  package init(limit: Int = 5) { self.limit = limit }

  package static func isRedirect(_ status: Int) -> Bool {
    [301, 302, 303, 307, 308].contains(status)
  }

  package func decide(status: Int, locations: [String], visited: [WebURL]) -> RedirectDecision {
    guard let current = visited.last, let first = locations.first else {
      return .refuse(.noLocation(status: status))
    }
    guard Set(locations).count == 1 else { return .refuse(.severalLocations(locations)) }
    do throws(WebURLError) {
      var target = try current.resolving(first)
      target.fragment = nil
      if let refusal = refusal(of: target, from: current, status: status, visited: visited) {
        return .refuse(refusal)
      }
      return .follow(target)
    } catch {
      return .refuse(.badLocation(first, error))
    }
  }

  private func refusal(
    of target: WebURL, from current: WebURL, status: Int, visited: [WebURL]
  ) -> RedirectRefusal? {
    guard target.isHTTP else { return .notHTTP(target) }
    if current.isSecure, !target.isSecure { return .leavesTLS(target) }
    if !current.isSameOrigin(as: target), let origin = current.origin {
      return .leavesOrigin(from: origin, to: target)
    }
    guard status == 307 || status == 308 else { return .changesMethod(status: status, to: target) }
    let asked = visited.map(\.withoutSecrets.text)
    if asked.contains(target.withoutSecrets.text) { return .loop(target) }
    return visited.count > limit ? .tooMany(limit: limit) : nil
  }
}
