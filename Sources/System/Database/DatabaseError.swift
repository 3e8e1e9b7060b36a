/// What a store refused, by what its owner can do about it.
package struct DatabaseError: Error, Sendable, Hashable {
  package enum Code: Sendable, Hashable, CaseIterable {
    /// Another process holds the lock longer than we wait.
    case locked
    /// The disk, or the quota, is full.
    case full
    /// The file or its folder may not be written.
    case readOnly
    /// It lies where nobody can write, and its log was never moved into it: what stands there cannot be read.
    case unmerged
    /// The file cannot be opened: no such folder, no permission, a folder in its place.
    case cannotOpen
    /// The file is a database no more, or never was one.
    case corrupt
    /// Written by a newer release than this one.
    case tooNew
    /// A rule of the schema was broken.
    case constraint
    /// The disk failed.
    case io
    /// The store was closed before.
    case closed
    /// Anything else, a mistake of ours among it.
    case other
  }

  package let code: Code
  /// The file or server concerned.
  package let store: String
  /// The store's own words.
  package let detail: String

  package init(_ code: Code, store: String, detail: String) {
    self.code = code
    self.store = store
    self.detail = detail
  }
}

extension DatabaseError: CustomStringConvertible {
  package var description: String { sentence(of: store) }

  /// The same without the place of the store, for those whom it does not concern.
  package func sentence(of store: String) -> String {
    switch code {
    case .locked: "\(store) is locked by another process"
    case .full: "\(store) cannot grow: the disk is full"
    case .readOnly: "\(store) is read-only"
    case .unmerged:
      "\(store) is on a read-only medium with a log beside it that is still to be moved in: copy both to where they can be written"
    case .cannotOpen: "\(store) cannot be opened: \(detail)"
    case .corrupt: "\(store) is damaged or no database: \(detail)"
    case .tooNew: "\(store) was written by a newer release: \(detail)"
    case .constraint: "\(store) refused a row: \(detail)"
    case .io: "\(store) cannot be read or written: \(detail)"
    case .closed: "\(store) was closed"
    case .other: "\(store): \(detail)"
    }
  }
}
