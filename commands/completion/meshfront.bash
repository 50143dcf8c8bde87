# Completion of meshfront for bash 3.2 and newer, printed by `meshfront completion bash`.
_meshfront() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :folders ]]; then
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "${COMP_WORDS[COMP_CWORD]#=}")
      # Lets bash quote them and end them in a slash; bash 3.2 has no compopt.
      compopt -o filenames 2>/dev/null
    else
      COMPREPLY+=("${line%%$'\t'*}")
    fi
  done < <(meshfront complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _meshfront meshfront
