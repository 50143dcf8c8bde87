// Stage 3, the table of contents: which files a cluster has, and what stands in each.
import { ApiObject, App } from "cdk8s";
import type { Construct } from "constructs";
import { type Child, children } from "../config/children.ts";
import { type Config, discoveredDoorsOf } from "../config/config.ts";
import { deployedGateway } from "../config/helm-values.ts";
import { manifestFileName } from "../config/own-manifests.ts";
import { virtualServicesOf } from "../config/virtual-services.ts";
import type { Facts, IngressFacts } from "../facts/resolve.ts";
import { albIngress } from "./alb-ingress.ts";
import { childApplication, outputFolder } from "./argocd-application.ts";
import { argocdConfigMap, type HealthCheckPrograms } from "./argocd-cm.ts";
import { type HealthCheckProgram, healthCheckHook, healthCheckRecheck } from "./health-check-hook.ts";
import { autoModeClass } from "./ingress-class.ts";
import { istioGateway, virtualService } from "./istio-gateway.ts";
import { OutputFile } from "./output-file.ts";
import type { OwnObjects } from "./own-objects.ts";
import { clusterProject } from "./project.ts";
import { rootApplication, rootProject } from "./root.ts";

/** Programs that are written into manifests as they stand. */
export interface Programs {
  readonly healthChecks: HealthCheckPrograms;
  /** hook/healthcheck-port.mjs */
  readonly hook: string;
}

/** One App per cluster: cdk8s resolves a whole App for each of its charts, so that one for all clusters is quadratic. */
export function buildCluster(
  config: Config,
  facts: Facts,
  programs: Programs,
  ownObjects: OwnObjects = new Map(),
): App {
  const app = new App();
  const folder = outputFolder(config);
  const file: OpenFile = (path) => new OutputFile(app, `${folder}/${path}`);
  if (config.argocd.managedBy === "self")
    clusterProject(file("applications/project.yaml"), config, ownObjects);
  for (const child of children(config)) {
    childApplication(file(`applications/${child.name}.yaml`), config, child);
    if ("manifests" in child) fillWithOwnObjects(file, child, ownObjects);
    else if ("classes" in child)
      for (const name of child.classes) autoModeClass(file(`${child.name}/${name}.yaml`), name);
    else if (!("release" in child)) fillFolder(file, config, child, facts, programs);
  }
  return app;
}

type OpenFile = (path: string) => Construct;
type FolderChild = Exclude<
  Child,
  { readonly release: unknown } | { readonly manifests: unknown } | { readonly classes: unknown }
>;

/** The objects in the folder that a child applies. */
function fillFolder(
  file: OpenFile,
  config: Config,
  child: FolderChild,
  facts: Facts,
  programs: Programs,
): void {
  const { name, gateway } = child;
  switch (child.role) {
    case "gateway":
      istioGateway(file(`${name}/gateway.yaml`), config, gateway);
      for (const route of virtualServicesOf(config, gateway))
        virtualService(file(`${name}/virtualservice-${route.name}.yaml`), gateway, route);
      return;
    case "ingress":
      albIngress(file(`${name}/ingress.yaml`), config, child, findFacts(facts, child.ingress.key));
      return;
    case "healthcheck":
      healthCheckHook(file(`${name}/hook.yaml`), programOf(config, child, programs));
      return;
    case "recheck":
      // A child in this role is there for a schedule.
      healthCheckRecheck(
        file(`${name}/recheck.yaml`),
        programOf(config, child, programs),
        config.hook.recheck ?? "",
      );
  }
}

/** What people brought, each file of theirs as one of ours. */
function fillWithOwnObjects(
  file: OpenFile,
  { name, manifests }: Extract<Child, { readonly manifests: unknown }>,
  ownObjects: OwnObjects,
): void {
  for (const { path } of manifests) {
    const scope = file(`${name}/${manifestFileName(path)}`);
    for (const [index, object] of (ownObjects.get(path) ?? []).entries()) {
      const { apiVersion, kind, ...fields } = object;
      new ApiObject(scope, `object-${index}`, {
        apiVersion: String(apiVersion),
        kind: String(kind),
        ...fields,
      });
    }
  }
}

const programOf = (
  config: Config,
  { name, gateway }: FolderChild,
  { hook }: Programs,
): HealthCheckProgram => ({
  name,
  namespace: gateway.namespace,
  service: deployedGateway(config, gateway).serviceName,
  ingresses: discoveredDoorsOf(config, gateway).map(({ ingressName }) => ingressName),
  source: hook,
  hook: config.hook,
});

export const argocdConfigMapPath = "argocd/argocd-cm.yaml";

/** What a person applies by hand: one file per cluster, and the health checks that all clusters share. */
export function buildArgocd(
  configs: readonly Config[],
  programs: Programs,
  ownObjectsOf: (config: Config) => OwnObjects = () => new Map(),
): App {
  const app = new App();
  const [first] = configs;
  if (first !== undefined) {
    // The clusters agree on `argocd`: a rule saw to it.
    argocdConfigMap(new OutputFile(app, argocdConfigMapPath), first, programs.healthChecks);
  }
  for (const config of configs) {
    const file = new OutputFile(app, `argocd/${config.cluster.name}.yaml`);
    if (config.argocd.managedBy === "eks") clusterProject(file, config, ownObjectsOf(config));
    else rootProject(file, config);
    rootApplication(file, config);
  }
  return app;
}

function findFacts(facts: Facts, key: string): IngressFacts {
  const found = facts.get(key);
  if (found === undefined) throw new Error(`no facts for the ingress ${key}: resolve them before building`);
  return found;
}
