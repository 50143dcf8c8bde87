// Invariants of the hook and the recheck: the program, its rights and its arguments.
import { isDeepStrictEqual } from "node:util";
import { type Ingress, type JobSpec, ofKind } from "../kubernetes.ts";
import { type Output, objectsIn, objectsOf, programs } from "../output.ts";
import type { Invariant } from "./invariant.ts";

export const hookInvariants: readonly Invariant[] = [
  {
    name: "every door in mode discovered has a hook, and no other door",
    violations: (output) => {
      const doors = discovered(output).map(({ ingressName }) => `${ingressName}-healthcheck`);
      const jobs = ofKind(objectsOf(output), "Job").map(({ metadata }) => metadata.name);
      return isDeepStrictEqual(jobs, doors) ? [] : [`doors ${doors}, Jobs ${jobs}`];
    },
  },
  {
    name: "one recheck serves the doors in mode discovered, unless it is off",
    violations: (output) => {
      const wanted = discovered(output).length > 0 && output.config.hook.recheck !== undefined ? 1 : 0;
      const found = ofKind(objectsOf(output), "CronJob").length;
      return found === wanted ? [] : [`${found} CronJobs`];
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
          const attempts = job.backoffLimit + 1;
          return !(job.activeDeadlineSeconds > attempts * Number(argument(job, "timeout-seconds")[0]));
        })
        .map(({ name }) => name),
  },
];

const discovered = ({ config }: Output) =>
  config.ingresses.filter(({ healthCheck }) => healthCheck.mode === "discovered");

/** Values of one option among the arguments of the program. */
export const argument = (job: JobSpec, option: string): readonly string[] =>
  job.template.spec.containers[0].args
    .filter((each) => each.startsWith(`--${option}=`))
    .map((each) => each.slice(`--${option}=`.length));

/** Every place where the program runs, with the objects of the same file. */
export const runs = (output: Output) =>
  output.files.flatMap(({ objects }) => [
    ...ofKind(objects, "Job").map(({ metadata, spec }) => ({ ...metadata, job: spec, objects })),
    ...ofKind(objects, "CronJob").map(({ metadata, spec }) => ({
      ...metadata,
      job: spec.jobTemplate.spec,
      objects,
    })),
  ]);
