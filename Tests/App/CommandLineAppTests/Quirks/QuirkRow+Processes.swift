import CommandLineApp

extension QuirkRow {
  private static let list = #"say "$id" "$tools""#

  /// What programs write and how they live.
  static let processes: [QuirkRow] = [
    QuirkRow(
      "leaves on an unknown method", .process(onDiscover: "exit 7"), "list tools", output: "add"),
    QuirkRow(
      "cannot be executed by its launcher", .script("exit 126"), "list tools", .unreachable,
      errors: "exited with status 126 (a shell's word for: it cannot be executed)"),
    QuirkRow(
      "breaks down on an unknown method", .process(onDiscover: "kill -SEGV $$"), "list tools",
      output: "add"),
    QuirkRow(
      "answers an unknown method with a result", .process(onDiscover: #"say "$id" '{}'"#),
      "list tools", output: "add"),
    QuirkRow(
      "blank lines, a mark, a banner in colour",
      .process(
        onList:
          #"printf '\n\r\n\357\273\277'; printf '\033[32mINFO\033[0m ready\n'; printf '\357\273\277'; \#(list)"#
      ), "list tools", output: "add"),
    QuirkRow(
      "settings told at the start", .process(before: "echo '[dotenv] injected 4 values'"),
      "list tools", output: "add"),
    QuirkRow(
      "a prompt before each answer", .process(onList: #"printf '> '; \#(list)"#), "list tools",
      output: "add"),
    QuirkRow(
      "a log of its own as JSON",
      .process(onList: #"echo '{"level":30,"msg":"listing"}'; \#(list)"#), "list tools",
      output: "add"),
    QuirkRow(
      "logs on standard error", .process(before: "echo started >&2; echo 'ERROR: none' >&2"),
      "list tools", output: "add", never: "ERROR"),
    QuirkRow(
      "headers as an editor's server writes them",
      .process(
        onList:
          #"printf 'Content-Length: 9\r\n\r\n'; \#(list)"#), "list tools", output: "add"),
    QuirkRow(
      "a character in two pieces",
      .process(
        onList:
          #"printf '{"jsonrpc":"2.0","id":%s,"result":{"tools":[{"name":"a\303' "$id"; sleep 0.1; printf '\244","inputSchema":{}}]}}\n'"#
      ), "list tools", output: "a\u{E4}"),
    QuirkRow(
      "surrogates as bytes",
      .process(
        onList:
          #"printf '{"jsonrpc":"2.0","id":%s,"result":{"tools":[{"name":"a\355\240\200b","inputSchema":{}}]}}\n' "$id""#
      ), "list tools", output: "a\u{FFFD}", errors: "a byte that is no UTF-8"),
    QuirkRow(
      "no line feed, ever",
      .process(onList: #"printf '{"jsonrpc":"2.0","id":%s,"result":%s}' "$id" "$tools""#),
      "list tools", output: "add"),
    QuirkRow(
      "asks before it answers",
      .process(
        onList:
          #"echo '{"jsonrpc":"2.0","id":1,"method":"roots/list"}'; read -r reply; echo "$reply" >&2; \#(list)"#
      ), "list tools -v", output: "add", errors: "roots/list, which this client did not declare",
      "-32601"),
    QuirkRow(
      "asks and tells while it is opened",
      .process(
        onDiscover:
          #"echo '{"jsonrpc":"2.0","id":9,"method":"ping"}'; echo '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}'; fail "$id" -32601"#
      ), "list tools", output: "add"),
    QuirkRow(
      "two answers to one question", .process(onList: "\(list); \(list)"), "list tools",
      output: "add"),
    QuirkRow(
      "never answers what was cancelled", .process(onCall: ":"), "call add --timeout 3",
      .timedOut, errors: "tools/call: no answer and no progress for 3 s"),
    QuirkRow(
      "answers what was cancelled",
      .process(onCall: #"sleep 3.3; say "$id" '{"content":[]}'"#), "call add --timeout 3",
      .timedOut, errors: "tools/call: no answer and no progress for 3 s"),
    QuirkRow(
      "leaves right behind its answer", .process(onList: "\(list); exit 3"), "list tools",
      output: "add"),
    QuirkRow(
      "starts slowly", .process(before: "sleep 1.5"), "list tools", output: "add"),
    QuirkRow(
      "its helper holds its output", .process(before: "sleep 300 &"), "list tools", output: "add"),
    QuirkRow(
      "its helper leaves its session", .process(before: "setsid sleep 300 &"), "list tools",
      output: "add"),
    QuirkRow(
      "becomes a daemon that does nothing", .script("exec 3<&0; setsid sleep 300 <&3 & exit 0"),
      "list tools --timeout 3", .timedOut, errors: "did not read its standard input within 3 s"),
    QuirkRow(
      "becomes a daemon that serves",
      .script(
        #"exec 3<&0; setsid sh -c 'while read -r l; do case $l in *discover*|*initialize*) echo "{\"jsonrpc\":\"2.0\",\"id\":\"probe-1\",\"error\":{\"code\":-32700,\"message\":\"daemon\"}}";; esac; done' <&3 & exit 0"#
      ), "list tools --timeout 2", .timedOut, errors: "did not answer within 2 s"),
    QuirkRow(
      "ignores TERM and the end of its input",
      .process(before: "trap '' TERM", after: "sleep 300"), "list tools", output: "add"),
    QuirkRow(
      "closes its output and lives on", .process(onCall: "exec >&-; sleep 300"),
      "call add --timeout 9", .unreachable, errors: "closed its side of the connection"),
  ]
}
