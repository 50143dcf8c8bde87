// MIGRATION.md: the hand-over step by step, a check after each, and the way back.
// Run of it: Argo CD adopts releases and objects without recreating any; Terraform forgets by `removed` blocks with the cluster down as
// well; release Secrets deleted too early disarm nothing but `helm list` (docs/how-to/adopt.md, docs/explanation/from-terraform.md).
import type { Finding } from "../finding.ts";
import type { LiveObject, LiveRelease, TerraformSource } from "../live.ts";
import { kindOf, nameOf, namespaceOf, titleOf } from "../recognise/objects.ts";
import type { RemovedBlocks } from "./removed-blocks.ts";

export interface HandOver {
  readonly cluster: string;
  readonly findings: readonly Finding[];
  readonly releases: readonly LiveRelease[];
  readonly sources: readonly {
    readonly source: TerraformSource;
    readonly blocks: RemovedBlocks;
    readonly file: string;
  }[];
  /** Live objects whose place ours take under another name or in another namespace. */
  readonly leftovers: readonly LiveObject[];
  /** Namespace of Argo CD and names of the children, in the order of their waves. */
  readonly argocdNamespace: string;
  readonly applications: readonly string[];
}

export function migrationText(input: HandOver): string {
  const steps = [freeze, publish, project, adopt, fullSync, secrets, forget, cleanUp].flatMap((step) =>
    step(input),
  );
  const numbered = steps.map((step, index) => `## ${index + 1}. ${step.title}\n\n${step.text.trim()}\n`);
  return `# Taking ${input.cluster} over

Written by \`meshfront migrate\`. Each step has a check; go on only when it holds. Nothing here deletes a load balancer, a CRD or a pod
but where the report says so.
${attention(input)}
${numbered.join("\n")}
## The way back

Until the release Secrets are deleted everything is as it was for Helm${input.sources.length > 0 ? " and Terraform" : ""}: take the Applications away and leave
what they manage, the root first, because it would bring its children back (Argo CD's documentation, "App Deletion"; not run here):

\`\`\`sh
for name in ${[`${input.cluster}-root`, ...input.applications].join(" ")}; do
  kubectl -n ${input.argocdNamespace} patch applications.argoproj.io "$name" --type merge --patch '{"metadata":{"finalizers":null}}'
  kubectl -n ${input.argocdNamespace} delete applications.argoproj.io "$name"
done
\`\`\`
${input.sources.length > 0 ? "\nAfterwards Terraform knows the resources again with the state of before and the configuration of before; a release without its Secret is adopted\nby the next apply, with no object replaced (run):\n\n```sh\ngit revert <the commit that deleted them>\nterraform state push before.tfstate\nterraform plan   # No changes\n```\n" : ""}`;
}

interface Step {
  readonly title: string;
  readonly text: string;
}

type StepOf = (input: HandOver) => readonly Step[];

/** What has to be planned before anything is applied. */
function attention({ findings }: HandOver): string {
  const heavy = findings.filter(
    ({ effect, kind }) =>
      kind === "difference" && (effect === "replaces a load balancer" || effect === "changes exposure"),
  );
  const toDo = findings.filter(
    ({ kind, code }) => kind === "step" && !["ssl-policy", "http-only"].includes(code),
  );
  const lines = [...heavy, ...toDo].map(
    ({ about, message }) => `- ${about === "" ? "" : `**${about}**: `}${message}`,
  );
  return lines.length === 0 ? "" : `\n## Before\n\n${lines.join("\n")}\n`;
}

const freeze: StepOf = ({ sources }) => [
  {
    title: "Freeze",
    text:
      sources.length === 0
        ? "Nobody runs `helm upgrade` or `kubectl apply` on the mesh until the end."
        : `Nobody applies Terraform until it has forgotten what Argo CD takes over: an ordinary apply writes its own values once more (an empty web ACL detaches one that
somebody attached). Keep the state:

\`\`\`sh
terraform state pull > before.tfstate
\`\`\`

Check: \`before.tfstate\` is not empty. It holds secrets: keep it out of Git. After the retirement of Istio's old chart repository the helm
provider 3 fails every plan; \`terraform plan -refresh-only\`, the plan that forgets and \`state pull\` still work.`,
  },
];

const publish: StepOf = ({ cluster }) => [
  {
    title: "Synthesise, compare, push",
    text: `\`\`\`sh
meshfront lookup ${cluster}
meshfront synth ${cluster}
kubectl diff --server-side --force-conflicts -f dist/${cluster}/gateway -f dist/${cluster}/
\`\`\`

Check: \`kubectl diff\` shows what the report named, and the health-check port, which Argo CD leaves as it is. Annotations that only the old owner wrote stay in
the cluster: decide of each (docs/how-to/adopt.md, step 2). Commit and push.`,
  },
];

const forget: StepOf = ({ sources }) => {
  const files = sources.filter(({ blocks }) => blocks.tf !== "");
  if (files.length === 0) return [];
  const warnings = files.flatMap(({ blocks }) => blocks.warnings.map((warning) => `- ${warning}`));
  const lines = files.map(
    ({ source, file }) => `- \`${file}\` beside the configuration of \`${source.file}\``,
  );
  return [
    {
      title: "Terraform forgets",
      text: `Copy, delete the resources' blocks in the same change, and apply:

${lines.join("\n")}

\`\`\`sh
terraform plan -out forget.plan   # 0 to add, 0 to change, 0 to destroy
terraform apply forget.plan
terraform plan                    # No changes
\`\`\`

Check: the plan destroys nothing. **If it says anything but 0 to destroy, stop**: a block is missing. Where blocks cannot be used (Terraform below 1.7), the
same by hand, before the configuration is deleted:

\`\`\`sh
${files.flatMap(({ blocks }) => blocks.stateRm).join("\n")}
\`\`\`
${warnings.length === 0 ? "" : `\n${warnings.join("\n")}\n`}
It refreshes nothing, so it works with the cluster down too. That the release Secrets are gone already makes a forgotten block of a release harmless: Terraform finds
nothing to uninstall. A forgotten block of a manifest is not: its object would be deleted.`,
    },
  ];
};

const project: StepOf = ({ cluster, argocdNamespace }) => [
  {
    title: "Apply the gate and the root",
    text: `\`\`\`sh
kubectl apply --server-side -f argocd/argocd-cm.yaml
kubectl apply -f argocd/${cluster}.yaml
\`\`\`

Check: \`kubectl -n ${argocdNamespace} get applications.argoproj.io ${cluster}-root\` is Synced within minutes; docs/how-to/apply-argocd.md says what comes before where somebody owns argocd-cm.`,
  },
];

const adopt: StepOf = ({ argocdNamespace }) => [
  {
    title: "Argo CD adopts",
    text: `\`\`\`sh
kubectl -n ${argocdNamespace} get applications.argoproj.io -w
\`\`\`

Check: every Application is Synced and Healthy; \`kubectl get service,ingress -A -o custom-columns=NAME:.metadata.name,UID:.metadata.uid\` shows the UIDs of before, and the
load balancers' addresses are the same.`,
  },
];

const fullSync: StepOf = ({ applications }) => [
  {
    title: "Sync each Application once in full",
    text: `The charts' objects carry a label that Argo CD takes for its own, so their Applications are Synced without any sync; what later leaves a chart would
stay. One full sync each gives the objects Argo CD's tracking-id:

\`\`\`sh
${applications.map((name) => `argocd app sync ${name}`).join("\n")}
\`\`\`

Check: \`kubectl -n istio-system get deployment istiod -o yaml | grep tracking-id\` prints one line, and no pod restarted that the report does not name.`,
  },
];

const secrets: StepOf = ({ releases }) => {
  if (releases.length === 0) return [];
  const lines = releases.map(
    ({ name, namespace }) => `kubectl -n ${namespace} delete secret -l owner=helm,name=${name}`,
  );
  return [
    {
      title: "Delete Helm's release Secrets",
      text: `Only now: while they are there, \`helm uninstall\` or a destroyed \`helm_release\` deletes the live objects.

\`\`\`sh
${lines.join("\n")}
\`\`\`

Check: \`helm list -A\` names none of them, and every Application is still Healthy.`,
    },
  ];
};

const cleanUp: StepOf = ({ leftovers }) => {
  if (leftovers.length === 0) return [];
  const lines = leftovers.map(
    (object) => `kubectl -n ${namespaceOf(object)} delete ${resourceOf(object)} ${nameOf(object)}`,
  );
  return [
    {
      title: "Remove what ours took the place of",
      text: `These stand elsewhere than ours, or under another name, and nothing prunes them:

\`\`\`sh
${lines.join("\n")}
\`\`\`

Check: every host answers as before, one after the other. ${
        leftovers.some((each) => kindOf(each) === "Gateway")
          ? `A Gateway goes last, when no VirtualService names it (${leftovers
              .filter((each) => kindOf(each) === "Gateway")
              .map(titleOf)
              .join(", ")}).`
          : ""
      }`,
    },
  ];
};

const resourceOf = (object: LiveObject): string =>
  ({ Gateway: "gateways.networking.istio.io", VirtualService: "virtualservices.networking.istio.io" })[
    kindOf(object)
  ] ?? kindOf(object).toLowerCase();
