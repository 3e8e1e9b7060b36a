/// What the doctor must find where a fault of the embedded stack is on.
package enum FaultFindings {
  /// The finding of each fault: error, warning or note.
  package static let rows: [String: String] = [
    "expired-key": "token-refused-by-server", "revoked-key": "token-refused-by-server",
    "wrong-scope": "call-failed",
    "rate-limit": "call-failed", "dropped-stream": "call-failed",
    "malformed-json": "broken-message", "wrong-content-type": "web-page",
    "backend-down": "call-backend-down", "invalid-token": "call-token-invalid",
    "token-expired": "call-token-expired", "missing-scopes": "call-scopes-missing",
    "flag-off": "tools-hidden", "no-tools": "tools-hidden", "stale-binary": "call-stale-binary",
    "no-challenge": "challenge-missing", "bare-challenge": "challenge-bare",
    "no-prm": "resource-metadata-missing", "no-path-prm": "resource-metadata-elsewhere",
    "prm-html": "resource-metadata-page", "trailing-slash-resource": "resource-slash",
    "wrong-resource": "resource-mismatch", "no-authorization-servers": "no-authorization-server",
    "private-issuer": "private-address", "no-as-metadata": "no-server-metadata",
    "html-metadata": "no-server-metadata", "wrong-issuer": "issuer-mismatch",
    "issuer-slash": "issuer-mismatch", "issuer-query": "issuer-malformed",
    "foreign-endpoints": "endpoint-elsewhere", "no-s256": "pkce-missing",
    "no-registration": "registration-needed", "dcr-refused": "registration-refused",
    "dcr-forbidden": "registration-token-needed", "invalid-client": "invalid_client",
    "invalid-client-html": "token-unusable", "redirect-mismatch": "page-refused",
    "access-denied": "access_denied", "no-state": "state-mismatch",
    "wrong-state": "state-mismatch", "no-iss": "iss-missing", "wrong-iss": "iss-mismatch",
    "invalid-scope": "invalid_scope", "invalid-target": "invalid_target",
    "less-scope": "token-scope-short", "code-expired": "invalid_grant",
    "error-200": "invalid_grant", "html-token": "token-unusable",
    "token-503": "temporarily_unavailable", "no-refresh-token": "token-not-renewable",
    "no-expires-in": "token-lifetime-unknown", "clock-skew": "token-refused-by-server",
    "wrong-audience": "token-claims", "forbidden": "http-403", "huge-metadata": "answer-useless",
    "redirect-loop": "redirect-loop",
  ]

  /// Those that a healthy client gets over, that need a write or a renewal, or that take time.
  package static let unseen: Set = [
    "session-lost", "slow", "hang", "role-denied", "no-root-prm", "iss-not-announced",
    "refresh-revoked", "unsupported-grant", "form-token", "dpop-nonce",
  ]
}
