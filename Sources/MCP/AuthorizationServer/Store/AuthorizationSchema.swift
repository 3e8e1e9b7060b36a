import Database

/// What outlives the server: clients, consents, grants, keys. A step a version; a step that was released is never
/// edited. Codes and refresh tokens are there as hashes.
enum AuthorizationSchema {
  static let migrations = [
    [
      """
      CREATE TABLE client (
        system TEXT NOT NULL, id TEXT NOT NULL, metadata TEXT NOT NULL, secret BLOB,
        origin TEXT NOT NULL, created BIGINT NOT NULL, removed BIGINT,
        PRIMARY KEY (system, id))
      """,
      """
      CREATE TABLE consent (
        id TEXT PRIMARY KEY, system TEXT NOT NULL, person TEXT NOT NULL, client TEXT NOT NULL,
        client_name TEXT NOT NULL, scopes TEXT NOT NULL, given BIGINT NOT NULL, revoked BIGINT)
      """,
      "CREATE INDEX consent_pair ON consent (system, person, client)",
      """
      CREATE TABLE access_grant (
        id TEXT PRIMARY KEY, system TEXT NOT NULL, person TEXT NOT NULL, client TEXT NOT NULL,
        scopes TEXT NOT NULL, resource TEXT NOT NULL, thumbprint TEXT NOT NULL,
        created BIGINT NOT NULL, revoked BIGINT, reason TEXT NOT NULL)
      """,
      "CREATE INDEX access_grant_pair ON access_grant (system, client, person)",
      """
      CREATE TABLE refresh_token (
        hash BLOB PRIMARY KEY, grant_id TEXT NOT NULL, expires BIGINT NOT NULL, used BIGINT)
      """,
      """
      CREATE TABLE code (
        hash BLOB PRIMARY KEY, system TEXT NOT NULL, request TEXT NOT NULL, person TEXT NOT NULL,
        expires BIGINT NOT NULL, used BIGINT, grant_id TEXT NOT NULL)
      """,
      """
      CREATE TABLE device (
        hash BLOB PRIMARY KEY, system TEXT NOT NULL, user_code TEXT NOT NULL, request TEXT NOT NULL,
        state TEXT NOT NULL, person TEXT NOT NULL, expires BIGINT NOT NULL, polled BIGINT NOT NULL,
        pause BIGINT NOT NULL)
      """,
      """
      CREATE TABLE signing_key (
        id TEXT PRIMARY KEY, system TEXT NOT NULL, pem TEXT NOT NULL, created BIGINT NOT NULL)
      """,
      "CREATE TABLE seal (system TEXT PRIMARY KEY, secret BLOB NOT NULL)",
      """
      CREATE TABLE revoked_token (
        id TEXT PRIMARY KEY, system TEXT NOT NULL, expires BIGINT NOT NULL)
      """,
    ]
  ]
}
