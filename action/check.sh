# Problems become annotations. The exit code is kept, so that the diff is shown too; the last step fails with it.
set -uo pipefail
code=0
"$MESHFRONT" check --format github || code=$?
echo "code=$code" >>"$GITHUB_OUTPUT"
if [ "$code" -eq 0 ]; then verdict='the output is what the cluster files say'; else verdict="exit code $code, see the annotations"; fi
printf '**meshfront check**: %s\n\n' "$verdict" >>"$GITHUB_STEP_SUMMARY"
