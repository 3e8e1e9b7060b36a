import CLinux

/// The words that this program was started with.
package enum ProcessWords {
  /// Behind its own name. The standard library reads them from /proc, which a bare root does not have.
  package static var all: [String] {
    (0..<al_word_count()).dropFirst().map { String(cString: al_word($0)) }
  }
}
