#compdef meshfront
# Completion of meshfront for zsh, printed by `meshfront completion zsh`.
_meshfront() {
  local -a lines
  lines=(${(f)"$(meshfront complete -- "${(@Q)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)"})
  if [[ $lines == :folders ]]; then
    compset -P '--*='
    _directories
  else
    # What follows the first colon is a description.
    lines=(${lines/$'\t'/:})
    _describe meshfront lines
  fi
}

# Loaded from fpath this file is the body of _meshfront; evaluated it only defines it.
if [[ ${funcstack[1]} == _meshfront ]]; then
  _meshfront "$@"
else
  compdef _meshfront meshfront
fi
