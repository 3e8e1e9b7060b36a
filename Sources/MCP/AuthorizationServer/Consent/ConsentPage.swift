import Crypto
import HTTPCore
import SafeText

/// The page on which a person lets a client in or does not: plain HTML without a script, for text browsers and screen
/// readers as for others. All foreign text in it is made safe and marked up as text.
struct ConsentPage {
  let question: ConsentQuestion
  /// The sealed request.
  let form: String
  let redirect: String
  /// Whether the client's id is the address of its document.
  let isDocument: Bool

  func answer(cookie: String) -> WebAnswer {
    var fields = Self.fields(formTargets: targets)
    fields.append("Set-Cookie", cookie)
    return WebAnswer(status: 200, fields: fields, body: Array(html.utf8))
  }

  static func refused(_ text: String, title: String, status: Int = 400) -> WebAnswer {
    message("This sign-in cannot go on", text, title: title, status: status)
  }

  static func message(
    _ heading: String, _ text: String, title: String, status: Int = 200
  ) -> WebAnswer {
    let body = "<h1>\(escaped(heading))</h1>\n<p>\(escaped(text))</p>"
    return WebAnswer(
      status: status, fields: fields(formTargets: []),
      body: Array(document("\(heading) – \(title)", body).utf8))
  }

  /// A page with one field, for the code that a device shows.
  static func code(title: String, problem: String?) -> WebAnswer {
    let note = problem.map { "<p role=\"alert\"><strong>\(escaped($0))</strong></p>\n" } ?? ""
    let body = """
      <h1>Sign in a device</h1>
      \(note)<form method="post" action="/device">
      <p><label for="code">The code that the device shows</label><br>
      <input id="code" name="user_code" autocomplete="off" autocapitalize="characters"
        spellcheck="false" required></p>
      <p><button type="submit">Go on</button></p>
      </form>
      """
    return WebAnswer(
      status: problem == nil ? 200 : 400, fields: fields(formTargets: []),
      body: Array(document("Sign in a device – \(title)", body).utf8))
  }

  // MARK: - Words

  private var html: String {
    let client = Self.escaped(question.clientName)
    let title = Self.escaped(question.title)
    let body = """
      <h1>Let “\(client)” use \(title)?</h1>
      <p>The program <strong>\(client)</strong> asks to use <strong>\(title)</strong> as you.\
      \(isDocument ? " It is described at <code>\(Self.escaped(question.clientID))</code>." : "")</p>
      \(permissions)
      <p>The answer goes to <strong>\(Self.escaped(question.destination))</strong>. \
      Refuse if you have not just started that program yourself.</p>
      <form method="post" action="/consent">
      <input type="hidden" name="request" value="\(Self.escaped(form))">
      <p><label for="person">You are</label><br>
      <select id="person" name="person">
      \(question.people.map(option).joined(separator: "\n"))
      </select></p>
      <p><button type="submit" name="decision" value="allow">Allow</button>
      <button type="submit" name="decision" value="deny">Refuse</button></p>
      </form>
      """
    return Self.document("Let “\(question.clientName)” use \(question.title)?", body)
  }

  private var permissions: String {
    guard !question.scopes.isEmpty else { return "<p>It asks for no permission in particular.</p>" }
    let items = question.scopes.map { row in
      "<li>\(Self.escaped(row.sentence)) <small>(<code>\(Self.escaped(row.name))</code>)</small></li>"
    }
    return "<p id=\"may\">If you allow it, it may:</p>\n<ul aria-labelledby=\"may\">\n"
      + items.joined(separator: "\n") + "\n</ul>"
  }

  private func option(_ person: Person) -> String {
    let mark = person == question.person ? " selected" : ""
    let roles = person.roles.isEmpty ? "" : ", \(person.roles.joined(separator: ", "))"
    return "<option value=\"\(Self.escaped(person.id))\"\(mark)>"
      + Self.escaped("\(person.name) (\(person.email)\(roles))") + "</option>"
  }

  private static func document(_ title: String, _ body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escaped(title))</title>
    <style>\(style)</style>
    </head>
    <body>
    <main>
    \(body)
    </main>
    </body>
    </html>

    """
  }

  private static let nameLimit = 200

  static func escaped(_ text: String) -> String {
    let safe = SafeText(text, SafeText.Options(layout: .line, limit: nameLimit * 10)).text
    var out = ""
    for character in safe {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.append(character)
      }
    }
    return out
  }

  // MARK: - Head

  /// Browsers hold the redirect behind a form to the same rule as the form.
  private var targets: [String] {
    do {
      let url = try WebURL(redirect)
      return [url.isHTTP ? url.origin?.description ?? "" : url.scheme + ":"]
    } catch { return [] }
  }

  /// Nothing is loaded, nothing is framed, no script runs.
  private static func fields(formTargets: [String]) -> HTTPFields {
    let forms = (["'self'"] + formTargets).joined(separator: " ")
    return [
      "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store",
      "Pragma": "no-cache", "X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
      "Content-Security-Policy":
        "default-src 'none'; style-src '\(styleDigest)'; form-action \(forms); "
        + "frame-ancestors 'none'; base-uri 'none'",
    ]
  }

  private static let style =
    "body{font:1.1rem/1.5 system-ui,sans-serif;margin:0;color:#1a1a1a;background:#fff}"
    + "main{max-width:38rem;margin:3rem auto;padding:0 1.2rem}h1{font-size:1.5rem;line-height:1.25}"
    + "button,select,input{font:inherit;padding:.5rem 1.1rem;border:2px solid #444;"
    + "border-radius:.3rem;background:#f4f4f4;color:#1a1a1a;max-width:100%}"
    + "button[value=allow]{background:#0b5cad;border-color:#0b5cad;color:#fff}"
    + "button:focus-visible,select:focus-visible,input:focus-visible"
    + "{outline:3px solid #e08a00;outline-offset:2px}small{color:#555}"
    + "@media(prefers-color-scheme:dark){body{color:#eee;background:#171717}small{color:#bbb}"
    + "button,select,input{background:#2b2b2b;color:#eee;border-color:#999}}"

  /// The one style sheet that the page may have.
  private static let styleDigest = "sha256-" + StandardBase64.text(digest(of: style))

  private static func digest(of text: String) -> [UInt8] {
    // Without the library no page is ever made.
    do throws(CryptoError) { return try CryptoLibrary.load().sha256(Array(text.utf8)) } catch {
      return []
    }
  }
}

/// Base64 as policies write digests.
enum StandardBase64 {
  static func text(_ bytes: [UInt8]) -> String {
    let url = Base64URL.text(bytes)
    let plain = url.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
    return String(plain) + String(repeating: "=", count: (4 - plain.count % 4) % 4)
  }
}
