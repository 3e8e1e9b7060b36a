/// Names that look like those of a real company.
package enum People {
  package struct Person: Sendable, Hashable {
    package let first: String
    package let last: String
    package let title: String

    package var name: String { "\(first) \(last)" }

    /// Without signs that addresses do not like.
    package func email(at domain: String) -> String {
      let plain = "\(first).\(last)".lowercased().map { Self.plain[$0] ?? String($0) }
      return plain.joined() + "@\(domain)"
    }

    private static let plain: [Character: String] = [
      "é": "e", "ö": "o", "ü": "u", "ñ": "n", "ø": "o", "ç": "c", "á": "a", "í": "i", "ł": "l",
      "'": "", " ": "", "å": "a", "ó": "o", "ž": "z",
    ]
  }

  package static func person(_ number: Int, _ random: inout SeededRandom) -> Person {
    let first = firstNames[(number &* 7 &+ random.int(0...2)) % firstNames.count]
    let last = lastNames[(number &* 11) % lastNames.count]
    return Person(first: first, last: last, title: titles[number % titles.count])
  }

  /// Different people, as many as asked for.
  package static func crowd(_ count: Int, _ random: inout SeededRandom) -> [Person] {
    var people: [Person] = []
    var seen: Set<String> = []
    var number = 0
    while people.count < count {
      let person = person(number, &random)
      number += 1
      if seen.insert(person.name).inserted { people.append(person) }
    }
    return people
  }

  private static let firstNames = [
    "Ada", "Mateo", "Priya", "Jonas", "Yuki", "Amara", "Lucía", "Tomasz", "Nadia", "Oliver",
    "Chiara", "Kwame", "Ingrid", "Rafael", "Mei", "Sofia", "Dmitri", "Leila", "Henrik", "Zoë",
    "Arjun", "Camille", "Nikhil", "Elif", "Bjørn", "Aisha", "Marco", "Hana", "Victor", "Freya",
    "Samuel", "Iris", "Omar", "Clara", "Pablo", "Naomi", "Ewan", "Farah", "Hugo", "Tara", "Milan",
  ]

  private static let lastNames = [
    "Okafor", "Lindqvist", "Ferreira", "Nakamura", "O'Brien", "Kowalski", "Haddad", "Bianchi",
    "Sørensen", "Iyer", "Castillo", "Dubois", "Novak", "Mensah", "Petrov", "Andersson", "Rossi",
    "Yamada", "Schmidt", "Moreau", "Demir", "Larsen", "Costa", "Novotná", "Bergström", "Khan",
    "Müller", "Santos", "Fischer", "Ahmed", "Jansen", "Kim", "Varga", "Walsh", "Ortiz", "Lund",
    "Meyer",
  ]

  private static let titles = [
    "Engineering Lead", "Backend Engineer", "Frontend Engineer", "Product Manager", "Designer",
    "QA Engineer", "Site Reliability Engineer", "Data Analyst", "Mobile Engineer",
    "Technical Writer", "Support Engineer", "Finance Partner",
  ]
}
