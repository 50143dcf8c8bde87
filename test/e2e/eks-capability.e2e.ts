/**
 * The output for the EKS capability for Argo CD, as far as a plain Argo CD can show it: destinations by name, one project for
 * root and children that a person applies, sourceNamespaces. What AWS adds or refuses nobody here can run.
 */
import { expect, test } from "vitest";
import type { ConfigInput } from "../../config/schema.ts";
import { demoConfig } from "./demo-platform.ts";
import { untilWell } from "./demo-state.ts";
import { collection, type KubernetesObject } from "./kubernetes-api.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import { waitUntil } from "./wait-until.ts";

const names = [
  ...["demo-root", "demo-istio-base", "demo-istiod", "demo-istio-ingress", "demo-gateway"],
  ...["demo-ingress-services", "demo-ingress-addons"],
];

interface Project extends KubernetesObject {
  readonly spec: { readonly sourceNamespaces?: readonly string[] };
}

describeOnTestBed("the output for the EKS capability, on a plain Argo CD", (bed) => {
  const ofEks = (): ConfigInput => {
    const config = demoConfig(bed());
    return {
      ...config,
      cluster: { ...config.cluster, argocdName: "in-cluster" },
      argocd: { managedBy: "eks" },
    };
  };

  test("is rolled out by name, in one project that a person applied, without a hook", async () => {
    const revision = await bed().commit("The first cluster", ofEks());
    await bed().applyArgocdFolder();
    await untilWell(bed(), revision, { names });
    const projects = await bed().plane.api.get<{ readonly items: readonly Project[] }>(
      collection("argoproj.io/v1alpha1", "appprojects", "argocd"),
    );
    const ours = projects.items.filter(({ metadata }) => metadata.name.startsWith("demo"));
    expect(ours.map(({ metadata, spec }) => [metadata.name, spec.sourceNamespaces])).toEqual([
      ["demo", ["argocd"]],
    ]);
    const all = await bed().applications.list();
    expect(all.map(({ metadata }) => metadata.name).sort()).toEqual([...names].sort());
    expect(bed().kubelet.runs).toEqual([]);
  });

  test("and goes as a whole when its root is deleted", async () => {
    await bed().plane.kubectl("delete", "application", "demo-root", "--namespace=argocd", "--wait=false");
    await waitUntil("all Applications to be gone", 120, async () => {
      return (await bed().applications.list()).length === 0;
    });
  });
});
