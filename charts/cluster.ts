// Stage 3, the table of contents: which files a cluster has, and what stands in each.
import { App } from "cdk8s";
import type { Construct } from "constructs";
import { children } from "../config/children.ts";
import { type Config, discoveredIngresses } from "../config/config.ts";
import type { Facts, IngressFacts } from "../facts/resolve.ts";
import { albIngress } from "./alb-ingress.ts";
import { childApplication, outputFolder } from "./argocd-application.ts";
import { argocdConfigMap, type HealthCheckPrograms } from "./argocd-cm.ts";
import { healthCheckHook, healthCheckRecheck } from "./health-check-hook.ts";
import { istioGateway, virtualService } from "./istio-gateway.ts";
import { OutputFile } from "./output-file.ts";
import { clusterProject } from "./project.ts";
import { rootApplication, rootProject } from "./root.ts";

/** Programs that are written into manifests as they stand. */
export interface Programs {
  readonly healthChecks: HealthCheckPrograms;
  /** hook/healthcheck-port.mjs */
  readonly hook: string;
}

/** One App per cluster: cdk8s resolves a whole App for each of its charts, so that one for all clusters is quadratic. */
export function buildCluster(config: Config, facts: Facts, programs: Programs): App {
  const app = new App();
  const folder = outputFolder(config);
  const file = (path: string): Construct => new OutputFile(app, `${folder}/${path}.yaml`);

  clusterProject(file("applications/project"), config);
  for (const child of children(config)) childApplication(file(`applications/${child.name}`), config, child);

  istioGateway(file("gateway/gateway"), config);
  for (const route of config.routes)
    virtualService(file(`gateway/virtualservice-${route.name}`), config, route);

  for (const ingress of config.ingresses) {
    const { key, healthCheck } = ingress;
    albIngress(file(`ingress-${key}/ingress`), config, ingress, findFacts(facts, key));
    if (healthCheck.mode === "discovered")
      healthCheckHook(file(`ingress-${key}/hook`), config, ingress, programs.hook);
  }

  const discovered = discoveredIngresses(config);
  const { recheck } = config.hook;
  if (discovered.length > 0 && recheck !== undefined) {
    healthCheckRecheck(file("recheck/recheck"), config, discovered, recheck, programs.hook);
  }
  return app;
}

export const argocdConfigMapPath = "argocd/argocd-cm.yaml";

/** What a person applies by hand: one file per cluster, and the health checks that all clusters share. */
export function buildArgocd(configs: readonly Config[], programs: Programs): App {
  const app = new App();
  const [first] = configs;
  if (first !== undefined) {
    // The clusters agree on `argocd`: a rule saw to it.
    argocdConfigMap(new OutputFile(app, argocdConfigMapPath), first, programs.healthChecks);
  }
  for (const config of configs) {
    const file = new OutputFile(app, `argocd/${config.cluster.name}.yaml`);
    rootProject(file, config);
    rootApplication(file, config);
  }
  return app;
}

function findFacts(facts: Facts, key: string): IngressFacts {
  const found = facts.get(key);
  if (found === undefined) throw new Error(`no facts for the ingress ${key}: resolve them before building`);
  return found;
}
