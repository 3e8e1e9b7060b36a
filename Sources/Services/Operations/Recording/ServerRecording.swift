package import JSON

/// What a server said of itself and answered, for being played back.
package struct ServerRecording: Sendable, Hashable {
  /// One request and its answer.
  package struct Exchange: Sendable, Hashable {
    package let method: String
    package let params: JSON
    package let answer: Answer

    package init(_ method: String, _ params: JSON, _ answer: Answer) {
      self.method = method
      self.params = params
      self.answer = answer
    }
  }

  package enum Answer: Sendable, Hashable {
    case result(JSON)
    /// An error of the protocol, as it came.
    case error(JSON)
  }

  /// Name and version, as the server gave them.
  package var server: JSON
  package var instructions: String?
  /// Where it was recorded, for people.
  package var target: String
  package var version: String
  package var exchanges: [Exchange] = []

  package init(server: JSON, instructions: String?, target: String, version: String) {
    self.server = server
    self.instructions = instructions
    self.target = target
    self.version = version
  }
}

// MARK: - As a file

extension ServerRecording {
  private static let kind = "recording"

  /// A line about the server, then one for each exchange.
  package var text: String {
    var head: JSONObject = [
      "alidade": .string(Self.kind), "target": .string(target), "version": .string(version),
      "server": server,
    ]
    head["instructions"] = instructions.map(JSON.string)
    let lines = [JSON.object(head)] + exchanges.map(\.json)
    return lines.map { $0.compact + "\n" }.joined()
  }

  /// Reads such a file; a line that is no exchange is named, and ends it.
  package init(reading text: String) throws(RecordingProblem) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: true)[...]
    guard let first = lines.popFirst(), let head = Self.json(first), head["alidade"] == "recording"
    else { throw RecordingProblem("its first line is not that of a recording") }
    self.init(
      server: head["server"] ?? .null, instructions: head["instructions"]?.string,
      target: head["target"]?.string ?? "", version: head["version"]?.string ?? "")
    for (index, line) in lines.enumerated() {
      guard let json = Self.json(line), let exchange = Exchange(json) else {
        throw RecordingProblem("line \(index + 2) is no exchange")
      }
      exchanges.append(exchange)
    }
  }

  private static func json(_ line: Substring) -> JSON? {
    do throws(JSONError) { return try JSON.parse(String(line)) } catch { return nil }
  }
}

extension ServerRecording.Exchange {
  fileprivate init?(_ json: JSON) {
    guard let method = json["method"]?.string else { return nil }
    let params = json["params"] ?? [:]
    if let result = json["result"] {
      self.init(method, params, .result(result))
    } else if let error = json["error"] {
      self.init(method, params, .error(error))
    } else {
      return nil
    }
  }

  fileprivate var json: JSON {
    switch answer {
    case .result(let result): ["method": .string(method), "params": params, "result": result]
    case .error(let error): ["method": .string(method), "params": params, "error": error]
    }
  }
}

/// Why a text is no recording, in a sentence.
package struct RecordingProblem: Error, Sendable, Hashable {
  package let sentence: String

  package init(_ sentence: String) { self.sentence = sentence }
}
