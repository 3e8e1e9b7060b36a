import TestSupport
import Testing

@Suite struct AuditKillTests {
  /// The writer prints the last number of each group once it is safe; it is killed in the middle of its work, some
  /// groups later each time.
  private static let script = """
    data=$(mktemp -d); last=0
    for round in 1 2 3 4 5; do
      mkfifo "$data/acknowledged"
      "${alidade}-bench" audit "$data/audit.db" 1000000 7 >"$data/acknowledged" &
      writer=$!; groups=0
      while read -r number; do
        last=$number; groups=$((groups + 1))
        if [ $groups = $((round * 3)) ]; then kill -9 $writer; fi
      done <"$data/acknowledged"
      wait $writer; rm "$data/acknowledged"
      found=$("$alidade" audit verify --data "$data" | sed -n 's/ events.*//p')
      echo "$round $? $((found >= last)) $((found <= last + 7))"
    done 2>/dev/null
    rm -rf "$data"
    """

  @Test func `killed at any moment the audit has lost nothing that it acknowledged`() async {
    let run = await ShellRun.of(Self.script, seconds: 120)
    #expect(run.endedInTime)
    #expect(run.output.split(separator: "\n") == (1...5).map { "\($0) 0 1 1" }, "\(run.errors)")
  }
}
