# For bash 3.2 and newer. What is typed and what files are called is compared and quoted, never evaluated.
_meshfront() {
  local current=${COMP_WORDS[COMP_CWORD]} before='' directory=. kind='' index
  local -a words=() flags=() values=()
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _meshfront_offer "$current" "${_meshfront_commands[@]}"
    return
  fi
  _meshfront_describe "${COMP_WORDS[1]}" || return 0

  # Bash makes three words of --chdir=folder.
  for ((index = 2; index < COMP_CWORD; index++)); do
    [[ ${COMP_WORDS[index]} == '=' ]] && continue
    [[ $before == --chdir ]] && directory=${COMP_WORDS[index]}
    before=${COMP_WORDS[index]}
  done
  [[ $current == '=' ]] && current=''

  for ((index = 0; index < ${#values[@]}; index += 2)); do
    [[ $before == "${values[index]}" ]] || continue
    case ${values[index + 1]} in
      DIR) _meshfront_offer_directories "$current" ;;
      *'|'*) IFS='|' read -r -a words <<<"${values[index + 1]}" && _meshfront_offer "$current" "${words[@]}" ;;
    esac
    return
  done
  case $current in
    -*) _meshfront_offer "$current" "${flags[@]}" ;;
    *)
      case $kind in
        clusters) _meshfront_offer_clusters "$current" "$directory" ;;
        codes) _meshfront_offer "$current" "${_meshfront_codes[@]}" ;;
        *) _meshfront_offer "$current" "${words[@]}" ;;
      esac
      ;;
  esac
}

# Words of meshfront's own; none of them needs quotes.
_meshfront_offer() {
  local current=$1 word
  shift
  for word; do
    [[ $word == "$current"* ]] && COMPREPLY+=("$word")
  done
}

_meshfront_offer_directories() {
  local word
  while IFS= read -r word; do
    [[ -n $word ]] && COMPREPLY+=("$word")
  done <<<"$(compgen -d -- "$1")"
  # Lets bash quote them and end them in a slash; bash 3.2 has no compopt.
  compopt -o filenames 2>/dev/null
}

_meshfront_offer_clusters() {
  local current=$1 directory=$2 quote='' word
  case $current in
    [\'\"]*) quote=${current:0:1} current=${current:1} ;;
    *) current=${current//\\/} ;;
  esac
  while IFS= read -r word; do
    [[ -n $word && $word == "$current"* ]] || continue
    # Inside quotes that a person has opened nothing can be escaped: what would be more than text there is left out.
    case $quote in
      \') [[ $word == *\'* ]] || COMPREPLY+=("$word") ;;
      \") [[ $word == *[\"\$\`\\!]* ]] || COMPREPLY+=("$word") ;;
      *) COMPREPLY+=("$(printf %q "$word")") ;;
    esac
  done <<<"$(_meshfront_list_clusters "$directory")"
}

# In a subshell: what a person has set with shopt and set does not matter then, and stays.
_meshfront_list_clusters() (
  directory=${1//\\/}
  directory=${directory#[\'\"]}
  directory=${directory%[\'\"]}
  case $directory in
    '~') directory=$HOME ;;
    '~/'*) directory=$HOME/${directory#'~/'} ;;
  esac
  CDPATH='' builtin cd -- "$directory/clusters" 2>/dev/null || exit 0
  set +f
  shopt -u failglob dotglob nocaseglob
  shopt -s nullglob
  for file in *.yaml; do
    [[ $file == defaults.yaml ]] || printf '%s\n' "${file%.yaml}"
  done
)

complete -F _meshfront meshfront
