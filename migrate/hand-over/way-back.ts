// How to undo the hand-over, at whatever step somebody stands.
// An Application of ours has Argo CD's finalizer: deleting it deletes what it deployed. Argo CD (App Deletion) takes the finalizer
// out first; the root's before the others, because a root that is there puts its children's back (docs/how-to/eks-capability.md).
import type { HandOver } from "./steps.ts";

export const wayBack = (input: HandOver): string => `## The way back

${withoutArgoCd(input)}
${input.releases.length === 0 ? "" : `\n${releasesText(input)}`}${input.sources.length === 0 ? "" : `\n${stateText(input)}`}`;

function withoutArgoCd({ cluster, argocdNamespace, applications, namesProjects }: HandOver): string {
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
${kubectl} delete appprojects.argoproj.io ${namesProjects.join(" ")}
\`\`\`

Check: \`kubectl get service,ingress -A -o custom-columns=NAME:.metadata.name,UID:.metadata.uid\` shows the UIDs of \`before.txt\`.
`;
}

const releasesText = ({ sources }: HandOver): string =>
  sources.length === 0
    ? `While the release Secrets are there, Helm goes on where it was. Afterwards \`helm upgrade --install\` with the chart, version and values of before takes the
objects in again: they still have Helm's label and annotations.
`
    : "";

const stateText = ({
  sources,
}: HandOver): string => `Terraform then goes on where it was, as long as nothing was forgotten. Afterwards it needs the state and the configuration of before:

\`\`\`sh
git revert <the commit that deleted the blocks>
${programOf(sources)} state push before.tfstate
${programOf(sources)} plan
\`\`\`

Check: the plan says \`No changes\`. Where the release Secrets are gone, it says that it would add the releases: the apply takes the live objects in again and
replaces none (run).
`;

/** The states of one cluster are one program's, as a rule; where not, its name has to be put in by hand. */
export const programOf = (sources: HandOver["sources"]): string =>
  sources.some(({ source }) => source.program === "opentofu") ? "tofu" : "terraform";
