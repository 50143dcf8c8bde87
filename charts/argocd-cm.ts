// The health checks that the output relies on, as a fragment of Argo CD's own ConfigMap.
import type { Construct } from "constructs";
import type { Config, HealthCheckName } from "../config/config.ts";
import { kubernetesObject } from "./kubernetes-object.ts";

/** Lua sources by the name that `argocd.healthChecks` uses. */
export type HealthCheckPrograms = Readonly<Record<HealthCheckName, string>>;

const kindOf: Readonly<Record<HealthCheckName, string>> = {
  application: "argoproj.io_Application",
  crd: "apiextensions.k8s.io_CustomResourceDefinition",
  hpa: "autoscaling_HorizontalPodAutoscaler",
};

/**
 * To be applied with `kubectl apply --server-side --field-manager=meshfront`: it owns these keys and leaves the others
 * alone. Under kubectl's own manager name it would share an owner with Argo CD's install.yaml, and each apply would
 * delete the other's keys (run on kube-apiserver 1.36).
 */
export function argocdConfigMap(scope: Construct, { argocd }: Config, programs: HealthCheckPrograms): void {
  kubernetesObject(scope, "argocd-cm", "ConfigMap", {
    metadata: {
      name: "argocd-cm",
      namespace: argocd.namespace,
      // Argo CD reads only ConfigMaps with this label.
      labels: { "app.kubernetes.io/part-of": "argocd" },
    },
    data: Object.fromEntries(
      argocd.healthChecks.map((name) => [`resource.customizations.health.${kindOf[name]}`, programs[name]]),
    ),
  });
}
