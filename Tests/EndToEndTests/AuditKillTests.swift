import TestSupport
import Testing

@Suite(.inTurns) struct AuditKillTests {
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
    let run = await ShellRun.of(Self.script, seconds: 600)
    #expect(run.endedInTime)
    #expect(run.output.split(separator: "\n") == (1...5).map { "\($0) 0 1 1" }, "\(run.errors)")
  }
}

/// The same for a whole server under load: whatever its clients were told is on the audit.
@Suite(.inTurns) struct ServerKillTests {
  /// Each caller asks again and again on a connection of its own, with a number that is never used twice, and notes the
  /// numbers of its answers; when the connection breaks it is done, for another server may have the port by then.
  private static let script = """
    data=$(mktemp -d)
    key=$("$alidade" keys create --system conformance --name load --yes --data "$data" 2>/dev/null)
    meta='"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}'
    caller() {
      number=0
      exec 3<>"/dev/tcp/127.0.0.1/$2" || return
      while number=$((number + 1)); do
        id=$(($1 * 100000 + number)); size=
        body='{"jsonrpc":"2.0","id":'$id',"method":"tools/call","params":{"name":"greet","arguments":{"name":"you"},'$meta'}}'
        printf '%s\\r\\n' 'POST /mcp HTTP/1.1' 'Host: localhost' "x-api-key: $key" \\
          'Content-Type: application/json' 'Accept: application/json, text/event-stream' \\
          'MCP-Protocol-Version: 2026-07-28' 'Mcp-Method: tools/call' 'Mcp-Name: greet' \\
          "Content-Length: ${#body}" '' >&3 || return
        printf '%s' "$body" >&3 || return
        while read -r line <&3; do
          line=${line%?}
          case $line in [Cc]ontent-[Ll]ength:*) size=${line#*: };; '') break;; esac
        done
        test -n "$size" && read -r -N "$size" answer <&3 || return
        case $answer in *"Hello, you!"*) echo $id >>"$data/told-$1";; esac
      done
    }
    for round in 1 2 3 4; do
      exec 4< <(exec "$alidade" serve conformance --listen 127.0.0.1:0 --callers keys --data "$data"); server=$!
      read -r line <&4; port=${line##*:}; port=${port%/mcp}
      for number in 1 2 3; do caller $round$number "$port" & done 2>/dev/null
      while [ "$(cat "$data"/told-$round? 2>/dev/null | wc -l)" -lt $((round * 5)) ]; do sleep 0.02; done
      kill -9 $server; wait
      "$alidade" audit verify --data "$data" >/dev/null; echo "$round $?"
    done 2>/dev/null
    "$alidade" audit export --data "$data" | sed -n 's/.*"request":"\\([^"]*\\)".*/\\1/p' | sort >"$data/written"
    echo "missing $(cat "$data"/told-* | sort -u | comm -23 - "$data/written" | wc -l)"
    rm -rf "$data"
    """

  @Test func `a server killed under load has written down every call it answered`() async {
    let run = await ShellRun.of(Self.script, seconds: 600)
    #expect(run.endedInTime)
    let lines = run.output.split(separator: "\n")
    #expect(lines == ["1 0", "2 0", "3 0", "4 0", "missing 0"], "\(run.output)\(run.errors)")
  }
}
