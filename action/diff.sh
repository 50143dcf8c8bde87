# What the pull request changes, into the job's summary and a file for the comment.
set -uo pipefail
report=$RUNNER_TEMP/meshfront-diff.md
# The checkout is shallow: the base is one commit more. A pull request of a fork has the same origin.
git fetch --quiet --depth=1 origin "+refs/heads/$GITHUB_BASE_REF:refs/remotes/origin/$GITHUB_BASE_REF"
if ! "$MESHFRONT" diff --against "origin/$GITHUB_BASE_REF" --format markdown >"$report"; then
  echo 'meshfront diff could not compare: see the annotations.' >"$report"
fi
cat "$report" >>"$GITHUB_STEP_SUMMARY"
echo "report=$report" >>"$GITHUB_OUTPUT"
