// How to undo the hand-over, at whatever step somebody stands.
// An Application of ours has Argo CD's finalizer: deleting it deletes what it deployed. Argo CD (App Deletion) takes the finalizer
// out first; the root's before the others, because a root that is there puts its children's back (docs/how-to/eks-capability.md).
import type { HandOver } from "./steps.ts";

export function wayBack(input: HandOver): string {
  const { sources, releases } = input;
  const owner = sources.length > 0 ? stateText(input) : releases.length > 0 ? helmText : "";
  return `## The way back\n\n${[withoutArgoCd(input), owner].filter((part) => part !== "").join("\n\n")}\n`;
}

/** What must be the same afterwards: another UID is another object, and of an Ingress another load balancer. */
export const uids =
  "kubectl get service,ingress -A -o custom-columns=KIND:.kind,NAMESPACE:.metadata.namespace,NAME:.metadata.name,UID:.metadata.uid";

function withoutArgoCd({ cluster, argocdNamespace, applications, projects }: HandOver): string {
  const kubectl = `kubectl -n ${argocdNamespace}`;
  const unset = `--type merge --patch '{"metadata":{"finalizers":null}}'`;
  return `**Do not delete an Application as it is**: its finalizer makes Argo CD delete what it deployed, the load balancers too, whatever \`--cascade\` says to kubectl.
Without the finalizers the Applications go and everything else stays. The root goes first, because it puts its children's finalizers back:

\`\`\`sh
${kubectl} patch applications.argoproj.io ${cluster}-root ${unset}
${kubectl} delete applications.argoproj.io ${cluster}-root
for child in ${applications.join(" ")}; do
  ${kubectl} patch applications.argoproj.io $child ${unset}
  ${kubectl} delete applications.argoproj.io $child
done
${kubectl} delete appprojects.argoproj.io ${projects.join(" ")}
${uids} | diff before.txt -
\`\`\`

Check: \`diff\` has no line with \`<\`.`;
}

const helmText = `While the release Secrets are there, Helm goes on where it was. Afterwards \`helm upgrade --install\` with the chart, version and values of before takes the
objects in again: they still have Helm's label and annotations.`;

/** Run with Terraform 1.11.4: without -force a push over a state that holds anything fails, because its serial is higher. */
function stateText({ sources }: HandOver): string {
  const program = programOf(sources);
  return `${program === "tofu" ? "OpenTofu" : "Terraform"} then goes on where it was, as long as it has forgotten nothing. Afterwards it needs the state and the configuration of before:

\`\`\`sh
${program} state list > now.txt
${program} state list -state=before.tfstate | diff - now.txt
git revert <the commit that deleted the blocks>
${program} state push -force before.tfstate
${program} plan
\`\`\`

Check after the \`diff\`: no line with \`>\`. Such a resource was made since, and the old state does not know it: then do not push, but \`${program} import\` what was forgotten.

Check after the plan: it says \`No changes\`. Where the release Secrets are gone, it says that it would add the releases: the apply takes the live objects in again and
replaces none (run).`;
}

/** The states of one cluster are one program's, as a rule; where not, its name has to be put in by hand. */
export const programOf = (sources: HandOver["sources"]): string =>
  sources.some(({ source }) => source.program === "opentofu") ? "tofu" : "terraform";
