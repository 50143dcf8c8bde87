// MIGRATION.md: the hand-over step by step, a check after each, and the way back.
// Run of it: Argo CD adopts releases and objects without recreating any; Terraform forgets by `removed` blocks with the cluster down as
// well; release Secrets deleted too early disarm nothing but `helm list` (docs/how-to/adopt.md, docs/explanation/from-terraform.md).
import type { Finding } from "../finding.ts";
import type { LiveObject, LiveRelease, TerraformSource } from "../live.ts";
import { kindOf, nameOf, namespaceOf, titleOf } from "../recognise/objects.ts";
import { forget } from "./forget-step.ts";
import type { RemovedBlocks } from "./removed-blocks.ts";
import { programOf, uids, wayBack } from "./way-back.ts";

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
  /** Of the children and of the root. */
  readonly projects: readonly string[];
  /** Files with the objects that kubectl can compare with what is live, relative to the project. */
  readonly comparable: readonly string[];
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
${wayBack(input)}`;
}

export interface Step {
  readonly title: string;
  readonly text: string;
}

export type StepOf = (input: HandOver) => readonly Step[];

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
    title: "Freeze, and keep what is",
    text: `${
      sources.length === 0
        ? "Nobody runs `helm upgrade` or `kubectl apply` on the mesh until the end."
        : `Nobody applies Terraform until it has forgotten what Argo CD takes over: an ordinary apply writes its own values once more (an empty web ACL detaches one that
somebody attached).`
    }

\`\`\`sh
${uids} > before.txt
${sources.length === 0 ? "" : `${programOf(sources)} state pull > before.tfstate\n`}\`\`\`

Check: \`before.txt\` has a line for each door and its Service${
      sources.length === 0
        ? ""
        : `, \`before.tfstate\` is not empty. The state holds secrets: keep it out of Git. After the retirement of Istio's old chart
repository the helm provider 3 fails every plan; \`${programOf(sources)} plan -refresh-only\`, the plan that forgets and \`state pull\` still work`
    }.`,
  },
];

const publish: StepOf = ({ cluster, comparable }) => [
  {
    title: "Synthesise, compare, push",
    text: `\`\`\`sh
npx meshfront lookup ${cluster}
npx meshfront synth ${cluster}
kubectl diff --server-side --force-conflicts ${comparable.map((path) => `-f ${path}`).join(" ")}
\`\`\`

Check: \`kubectl diff\` shows what the report named, and the health-check port, which Argo CD leaves as it is. Annotations that only the old owner wrote stay in
the cluster, and a state does not show them: decide of each (docs/how-to/adopt.md, step 2). Commit and push.`,
  },
];

const project: StepOf = ({ cluster, argocdNamespace }) => [
  {
    title: "Apply the gate and the root",
    text: `\`\`\`sh
kubectl apply --server-side --field-manager=meshfront -f argocd/argocd-cm.yaml
kubectl apply -f argocd/${cluster}.yaml
\`\`\`

The field manager matters: under the default name this would take Argo CD's own keys out of \`argocd-cm\` (run). docs/how-to/apply-argocd.md says what comes before, and
what to do where Helm or Terraform owns that ConfigMap.

Check: \`kubectl -n ${argocdNamespace} get applications.argoproj.io ${cluster}-root\` is Synced within minutes.`,
  },
];

const adopt: StepOf = ({ argocdNamespace }) => [
  {
    title: "Argo CD adopts",
    text: `\`\`\`sh
kubectl -n ${argocdNamespace} get applications.argoproj.io --watch
${uids} | diff before.txt -
\`\`\`

Check: every Application is Synced and Healthy, and \`diff\` has no line with \`<\`: nothing went and nothing was replaced. The load balancers' addresses are the same.`,
  },
];

const fullSync: StepOf = ({ applications, argocdNamespace }) => [
  {
    title: "Sync each Application once in full",
    text: `The charts' objects carry a label that Argo CD takes for its own, so their Applications are Synced without any sync; what later leaves a chart would
stay. One full sync each gives the objects Argo CD's tracking-id:

\`\`\`sh
${applications.map((name) => `argocd app sync ${name} --app-namespace ${argocdNamespace}`).join("\n")}
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
