import TestSupport
import Testing

/// What a release is called and made of.
@Suite struct ReleaseTests {
  @Test func `the version is the tag and what came since`() async {
    let run = await ShellRun.of(
      """
      root='\(Repository.root)'; tree=$(mktemp -d); cd "$tree"
      export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
      save() { git commit -q --allow-empty -m "$1"; }
      git init -q; save one; echo "none <$("$root/scripts/version.sh")>"
      git tag -a -m x v0.2.0; echo "tag <$("$root/scripts/version.sh")>"
      git tag -d v0.2.0 >/dev/null; git tag -a -m x v1.0.0-rc.1; echo "early <$("$root/scripts/version.sh")>"
      save two; save three; echo "since <$("$root/scripts/version.sh")>"
      rm -rf "$tree"
      """)
    let lines = run.output.split(separator: "\n")
    #expect(lines.prefix(3) == ["none <>", "tag <0.2.0>", "early <1.0.0-rc.1>"], "\(run.errors)")
    #expect(lines.last?.hasPrefix("since <1.0.0-rc.1+2.g") == true, "\(run.output)")
  }

  @Test func `the bill of materials names the program, its sum and its libraries`() async {
    let run = await ShellRun.of(
      """
      cd '\(Repository.root)'; program=$(command -v bash)
      scripts/sbom.sh "$program" 9.9 >/dev/null && echo written
      scripts/sbom.sh "$program" 9.9 | tr -d '\\n' | grep -c '"name": "alidade", "versionInfo": "9.9"'
      scripts/sbom.sh "$program" 9.9 | grep -c "$(sha256sum "$program" | cut -d ' ' -f 1)"
      scripts/libraries.sh "$program" | grep -c '^libc.so.6 '
      """)
    #expect(run.output == "written\n1\n2\n1\n", "\(run.output)\(run.errors)")
  }
}
