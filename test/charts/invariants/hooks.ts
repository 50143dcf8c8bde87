// Invariants of the hook and the recheck: the program, its rights and its arguments.
import { isDeepStrictEqual } from "node:util";
import { type Ingress, type JobSpec, ofKind } from "../kubernetes.ts";
import { type Output, objectsIn, objectsOf, programs } from "../output.ts";
import type { Invariant } from "./invariant.ts";

export const hookInvariants: readonly Invariant[] = [
  {
    name: "one hook of each gateway serves its doors in mode discovered, and no other door",
    violations: (output) => served(output, "Job", discoveredDoors(output)),
  },
  {
    name: "one recheck of each gateway serves the same doors, unless it is off",
    violations: (output) =>
      served(output, "CronJob", output.config.hook.recheck === undefined ? [] : discoveredDoors(output)),
  },
  {
    name: "no hook stands beside an Ingress",
    violations: (output) => {
      const folders = output.files
        .filter(({ objects }) => ofKind(objects, "Ingress").length > 0)
        .map(({ path }) => folderOf(path));
      return output.files
        .filter(({ path, objects }) => folders.includes(folderOf(path)) && ofKind(objects, "Job").length > 0)
        .map(({ path }) => path);
    },
  },
  {
    name: "a hook is a PostSync hook with a name of its own that goes before the next one and after success",
    violations: (output) =>
      ofKind(objectsOf(output), "Job")
        .filter(
          ({ metadata: { annotations } }) =>
            !isDeepStrictEqual(annotations, {
              "argocd.argoproj.io/hook": "PostSync",
              "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation,HookSucceeded",
            }),
        )
        .map(({ metadata }) => metadata.name),
  },
  {
    name: "a program in a ConfigMap has the bytes of hook/healthcheck-port.mjs",
    violations: (output) =>
      ofKind(objectsIn(output, /^dist\//), "ConfigMap")
        .filter(({ data }) => !isDeepStrictEqual(data, { "healthcheck-port.mjs": programs.hook }))
        .map(({ metadata }) => metadata.name),
  },
  {
    name: "every program runs as the account that the RoleBinding beside it names",
    violations: (output) =>
      runs(output)
        .filter(({ job, name, namespace, objects }) => {
          const { serviceAccountName, volumes } = job.template.spec;
          const [binding] = ofKind(objects, "RoleBinding");
          const accounts = objects.filter(({ kind }) => kind === "ServiceAccount");
          return !(
            serviceAccountName === name &&
            accounts.length === 1 &&
            accounts[0]?.metadata.name === name &&
            isDeepStrictEqual(volumes, [{ name: "program", configMap: { name } }]) &&
            isDeepStrictEqual(binding?.roleRef, {
              apiGroup: "rbac.authorization.k8s.io",
              kind: "Role",
              name,
            }) &&
            isDeepStrictEqual(binding?.subjects, [{ kind: "ServiceAccount", name, namespace }])
          );
        })
        .map(({ name }) => name),
  },
  {
    name: "every program may get its Service, get and patch its Ingresses, and nothing else",
    violations: (output) =>
      runs(output)
        .filter(({ job, objects }) => {
          const rules = ofKind(objects, "Role").flatMap((role) => role.rules);
          return !isDeepStrictEqual(rules, [
            {
              apiGroups: [""],
              resources: ["services"],
              resourceNames: argument(job, "service"),
              verbs: ["get"],
            },
            {
              apiGroups: ["networking.k8s.io"],
              resources: ["ingresses"],
              resourceNames: argument(job, "ingress"),
              verbs: ["get", "patch"],
            },
          ]);
        })
        .map(({ name }) => name),
  },
  {
    name: "every program is pointed at Ingresses of the output and at the Service they send to",
    violations: (output) =>
      runs(output).flatMap(({ job, name }) => {
        const targets = ofKind(objectsOf(output), "Ingress").filter(({ metadata }) =>
          argument(job, "ingress").includes(metadata.name),
        );
        const fits = ({ metadata, spec }: Ingress): boolean =>
          isDeepStrictEqual(argument(job, "namespace"), [metadata.namespace]) &&
          spec.rules.every(({ http }) =>
            http.paths.every(({ backend }) => argument(job, "service").includes(backend.service.name)),
          );
        return targets.length === argument(job, "ingress").length && targets.every(fits) ? [] : [name];
      }),
  },
  {
    name: "every Job ends by itself, after its program had the time it was given",
    violations: (output) =>
      runs(output)
        .filter(({ job }) => {
          const [wait, watch] = ["timeout-seconds", "watch-seconds"].map((name) =>
            Number(argument(job, name)[0]),
          );
          return !(job.backoffLimit === 0 && job.activeDeadlineSeconds > Number(wait) + Number(watch));
        })
        .map(({ name }) => name),
  },
];

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

/** Names of the Ingresses of each gateway that has any. */
const discoveredDoors = ({ config }: Output): readonly (readonly string[])[] =>
  config.gateways
    .map(({ key }) =>
      config.ingresses
        .filter(({ gateway, healthCheck }) => gateway === key && healthCheck.mode === "discovered")
        .map(({ ingressName }) => ingressName),
    )
    .filter((names) => names.length > 0);

function served(output: Output, kind: "Job" | "CronJob", doors: readonly (readonly string[])[]) {
  const found = runs(output)
    .filter((run) => run.kind === kind)
    .map(({ job }) => argument(job, "ingress"));
  return isDeepStrictEqual(found, doors) ? [] : [`doors ${doors.join("; ")}, served ${found.join("; ")}`];
}

/** Values of one option among the arguments of the program. */
export const argument = (job: JobSpec, option: string): readonly string[] =>
  job.template.spec.containers[0].args
    .filter((each) => each.startsWith(`--${option}=`))
    .map((each) => each.slice(`--${option}=`.length));

/** Every place where the program runs, with the objects of the same file. */
export const runs = (output: Output) =>
  output.files.flatMap(({ objects }) => [
    ...ofKind(objects, "Job").map(({ kind, metadata, spec }) => ({ kind, ...metadata, job: spec, objects })),
    ...ofKind(objects, "CronJob").map(({ kind, metadata, spec }) => ({
      kind,
      ...metadata,
      job: spec.jobTemplate.spec,
      objects,
    })),
  ]);
