/// The shells whose completion files the program writes itself.
///
/// A script only asks `PROGRAM __complete`, so that it never falls behind the program it completes.
package enum CompletionScript: String, Sendable, CaseIterable {
  case bash, zsh, fish

  /// The hidden command that answers the scripts.
  package static let command = "__complete"

  package func text(program: String) -> String {
    switch self {
    case .bash: Self.bash(program)
    case .zsh: Self.zsh(program)
    case .fish: Self.fish(program)
    }
  }

  /// Bash splits words at `=` and `:` and knows no quotes here, so the program splits the line itself, and quotes
  /// what it answers.
  private static func bash(_ program: String) -> String {
    """
    # bash completion for \(program)
    _\(program)() {
      local line=${COMP_LINE:0:COMP_POINT} answer word typed skip
      typed=${line##*[[:space:]]}
      # What bash takes for the current word begins after the last of these.
      skip=${typed%"${typed##*[=:]}"}
      COMPREPLY=()
      while IFS=$'\\t' read -r word _; do
        case $word in
          :files) compopt -o filenames
            while IFS= read -r answer; do COMPREPLY+=("$answer"); done \\
              < <(compgen -f -- "${typed#"$skip"}") ;;
          :directories) compopt -o filenames
            while IFS= read -r answer; do COMPREPLY+=("$answer"); done \\
              < <(compgen -d -- "${typed#"$skip"}") ;;
          *) [[ $word == *= ]] && compopt -o nospace
            COMPREPLY+=("${word#"$skip"}") ;;
        esac
      done < <("${COMP_WORDS[0]}" \(command) --line "$line" 2>/dev/null)
    }
    complete -F _\(program) \(program)

    """
  }

  private static func zsh(_ program: String) -> String {
    """
    #compdef \(program)
    _\(program)() {
      local line word help
      local -a found open
      while IFS=$'\\t' read -r word help; do
        case $word in
          :files) _files; [[ $PREFIX == *=* ]] && { compset -P '*='; _files } ;;
          :directories) _files -/ ;;
          *=) open+=("${word//:/\\\\:}${help:+:$help}") ;;
          *) found+=("${word//:/\\\\:}${help:+:$help}") ;;
        esac
      done < <("${(Q)words[1]}" \(command) -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)
      (( $#open )) && _describe -t arguments 'argument' open -S ''
      (( $#found )) && _describe -t words \(program) found
    }
    if [[ $funcstack[1] == _\(program) ]]; then _\(program) "$@"; else compdef _\(program) \(program); fi

    """
  }

  private static func fish(_ program: String) -> String {
    """
    # fish completion for \(program)
    function __\(program)_complete
      set -l words (commandline -opc) (commandline -ct)
      for line in ($words[1] \(command) -- $words[2..-1] 2>/dev/null)
        switch $line
          case :files
            __fish_complete_path (commandline -ct)
          case :directories
            __fish_complete_directories (commandline -ct)
          case '*'
            echo $line
        end
      end
    end
    complete -c \(program) -f -a '(__\(program)_complete)'

    """
  }
}
