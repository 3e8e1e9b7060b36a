import Glibc

/// A PostgreSQL server of the tests' own on a socket in a folder of its own; it ends with the tests.
package enum PrivatePostgres {
  /// Whether the server's programs are there, as Debian's package `postgresql` puts them.
  package static let isInstalled: Bool = {
    var found = glob_t()
    defer { globfree(&found) }
    return glob("/usr/lib/postgresql/*/bin/initdb", 0, nil, &found) == 0
  }()

  /// The words for libpq, once the server answers; nil where it does not start.
  package static func address() async -> String? { await started.value }

  private static let started = Task { () -> String? in
    let run = await ShellRun.of(script, seconds: 120)
    let folder = run.output.split(separator: "\n").last.map(String.init) ?? ""
    return run.code == 0 && !folder.isEmpty ? "host=\(folder) user=tests dbname=postgres" : nil
  }

  /// The server refuses to run as root, so root runs it as the user that comes with the package. A watcher that holds
  /// none of our files ends it after us.
  private static let script = """
    set -e
    bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
    folder=$(mktemp -d /tmp/alidade-postgres-XXXXXX)
    as=
    if [ "$(id -u)" = 0 ]; then as='runuser -u postgres --'; chown postgres "$folder"; fi
    cd /
    $as "$bin/initdb" -D "$folder/data" -A trust -U tests -E UTF8 --locale=C --no-sync >/dev/null
    $as "$bin/pg_ctl" -D "$folder/data" -s -w -t 90 -l "$folder/log" \
      -o "-c listen_addresses= -c unix_socket_directories=$folder -c fsync=off" start \
      9>&- >/dev/null 2>&1
    (
      while kill -0 \(getpid()) 2>/dev/null; do sleep 1; done
      $as "$bin/pg_ctl" -D "$folder/data" -s -m immediate stop
      rm -rf "$folder"
    ) 9>&- >/dev/null 2>&1 </dev/null &
    echo "$folder"
    """
}
