import HTTP
import HTTPCore
import JSON
import Transports

extension HTTPExchangeFacts {
  /// The facts as the journal and `--json` tell them, secrets masked.
  var json: JSON { json(url, requestHeaders, responseHeaders) }

  /// The same with its secrets, for a person who asks to see them.
  var revealedJSON: JSON {
    let revealed = revealed
    return json(revealed.url, revealed.requestHeaders, revealed.responseHeaders)
  }

  private func json(
    _ url: String, _ requestHeaders: HTTPFields, _ responseHeaders: HTTPFields
  ) -> JSON {
    var object: JSONObject = ["verb": .string(verb), "url": .string(url)]
    object["status"] = status.map { .number(JSONNumber($0)) }
    object["version"] = facts.version.map(JSON.string)
    object["peer"] = facts.peer.map(JSON.string)
    object["proxy"] = facts.proxy.map { .string("\($0)") }
    object["insecure"] = facts.isInsecure ? true : nil
    object["reused"] = .bool(facts.isReused)
    object["requestHeaders"] = requestHeaders.json
    object["requestBytes"] = .number(JSONNumber(facts.requestSize))
    object["responseHeaders"] = responseHeaders.json
    object["responseBytes"] = .number(JSONNumber(facts.responseSize))
    object["timings"] = facts.timings.json
    object["failure"] = failure.map(JSON.string)
    if !facts.certificates.isEmpty {
      object["certificates"] = .array(facts.certificates.map(\.json))
    }
    return .object(object)
  }
}

extension CertificateFacts {
  fileprivate var json: JSON {
    [
      "subject": .string(subject), "issuer": .string(issuer), "validFrom": .string(validFrom),
      "validUntil": .string(validUntil), "names": .string(names),
    ]
  }
}

extension HTTPFields {
  /// One member a line, so that a header sent twice is seen twice.
  fileprivate var json: JSON {
    .object(JSONObject(lines.map { ($0.name, .string($0.value)) }))
  }
}

extension HTTPTimings {
  fileprivate var json: JSON {
    let steps: [(String, Duration?)] = [
      ("nameLookup", nameLookup), ("connected", connected), ("secured", secured),
      ("firstByte", firstByte), ("total", total),
    ]
    let known = steps.compactMap { name, duration in
      duration.map { (name, JSON.number(JSONNumber($0.roundedMilliseconds))) }
    }
    return .object(JSONObject(known))
  }
}
