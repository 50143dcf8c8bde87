# Finds the version that the repository has chosen, or installs it from its lock file: no package of it needs a script.
set -euo pipefail

# The nearest $1 in this folder or above it, as npm looks for packages.
nearest() {
  local folder=$PWD
  while [ ! -e "$folder/$1" ]; do
    [ "$folder" != / ] || return 1
    folder=$(dirname "$folder")
  done
  echo "$folder/$1"
}
program=node_modules/.bin/meshfront

if ! nearest "$program" >/dev/null; then
  lock=$(nearest package-lock.json) || {
    echo "::error::expected a package-lock.json with meshfront in $PWD or above it, found none. Run npm install and commit it."
    exit 1
  }
  npm ci --ignore-scripts --prefix "$(dirname "$lock")"
fi
found=$(nearest "$program") || {
  echo "::error::expected meshfront among the packages, found none. Run npm install --save-dev --save-exact meshfront."
  exit 1
}
echo "MESHFRONT=$found" >>"$GITHUB_ENV"
