import JSON

extension AuditEntry {
  /// The event as any log's row.
  package var record: LogRecord { LogProfile.own.record(json.compactBytes[...]) }
}
