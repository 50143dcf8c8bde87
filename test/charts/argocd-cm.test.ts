import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { outputWith } from "./configurations.ts";
import { ofKind } from "./kubernetes.ts";
import { objectsIn } from "./output.ts";

const lua = (name: string): string =>
  readFileSync(new URL(`../../charts/health-checks/${name}.lua`, import.meta.url), "utf8");

const key = (kind: string): string => `resource.customizations.health.${kind}`;
const application = { [key("argoproj.io_Application")]: lua("application") };
const crd = { [key("apiextensions.k8s.io_CustomResourceDefinition")]: lua("custom-resource-definition") };
const hpa = { [key("autoscaling_HorizontalPodAutoscaler")]: lua("horizontal-pod-autoscaler") };

const configMap = (argocd = {}) =>
  ofKind(objectsIn(outputWith({ argocd }), /^argocd\/argocd-cm\.yaml$/), "ConfigMap")[0];

describe("the fragment of argocd-cm", () => {
  it("holds the Lua files byte for byte, and nothing else", () => {
    expect(configMap()?.data).toEqual({ ...application, ...crd, ...hpa });
  });

  it("holds the chosen health checks only", () => {
    expect(configMap({ healthChecks: ["hpa", "application"] })?.data).toEqual({ ...application, ...hpa });
  });

  it("has the name and the label without which Argo CD does not read it, in Argo CD's namespace", () => {
    expect(configMap({ namespace: "gitops" })?.metadata).toEqual({
      name: "argocd-cm",
      namespace: "gitops",
      labels: { "app.kubernetes.io/part-of": "argocd" },
    });
  });
});
