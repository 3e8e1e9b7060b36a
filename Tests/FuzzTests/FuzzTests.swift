import Fuzzing
import TestSupport
import Testing

/// A bounded search with a fixed seed; `make fuzz` searches for as long as it is told.
@Suite struct FuzzTests {
  @Test(arguments: FuzzSubject.all.map(\.name))
  func `no input that could be found makes a reader fail`(name: String) throws {
    let subject = try #require(FuzzSubject.named(name))
    let corpus = Repository.files(under: "Tests/FuzzCorpus/\(name)").compactMap(Repository.bytes)
    #expect(!corpus.isEmpty, "Tests/FuzzCorpus/\(name) has no input")
    var run = FuzzRun(subject, corpus: corpus, seed: 1)
    let finding = run.first(of: 150)
    #expect(finding == nil, "\(finding?.description ?? "")")
  }

  @Test func `every folder of the corpus has its reader`() {
    let folders = Set(
      Repository.files(under: "Tests/FuzzCorpus").compactMap { path in
        path.split(separator: "/").dropLast().last.map(String.init)
      })
    #expect(folders == Set(FuzzSubject.all.map(\.name)))
  }

  @Test func `a finding is made as small as it can be`() {
    let subject = FuzzSubject("x", words: ["needle"]) { bytes in
      String(decoding: bytes, as: UTF8.self).contains("needle") ? "found" : nil
    }
    var run = FuzzRun(subject, corpus: [Array("some hay and more of it".utf8)], seed: 7)
    #expect(run.first(of: 1000)?.bytes == Array("needle".utf8))
  }
}
