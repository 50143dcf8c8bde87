# What is typed and what files are called is compared and quoted, never evaluated.
_meshfront() {
  local kind
  local -a specs choices
  if (( CURRENT == 2 )); then
    _describe -t commands command _meshfront_commands
    return
  fi
  _meshfront_describe "${words[2]}" || return 1
  case $kind in
    clusters) specs+=('*:cluster:_meshfront_clusters') ;;
    codes) specs+=('*:code:compadd -a _meshfront_codes') ;;
    words) specs+=('*:word:compadd -a choices') ;;
  esac
  # _arguments wants the command's name as the first word.
  shift words
  (( CURRENT-- ))
  _arguments -S : $specs
}

_meshfront_clusters() {
  emulate -L zsh
  local directory=. index
  for (( index = 2; index < CURRENT; index++ )); do
    case ${words[index]} in
      --chdir) directory=${(Q)words[index + 1]} ;;
      --chdir=*) directory=${(Q)words[index]#--chdir=} ;;
    esac
  done
  [[ $directory == '~' || $directory == '~/'* ]] && directory=$HOME${directory#\~}
  local -a names
  names=( $directory/clusters/*.yaml(N:t:r) )
  names=( ${names:#defaults} )
  compadd -a names
}

# Loaded from fpath this file is the body of _meshfront; evaluated it only defines it.
if [[ ${funcstack[1]} == _meshfront ]]; then
  _meshfront "$@"
else
  compdef _meshfront meshfront
fi
