/**
 * A new door that AWS refuses something of never gets an address, so its Application never becomes Healthy. It must hold
 * back nobody: not its own repair, not its removal, no other door, no hook and no deletion.
 */
import { expect, test } from "vitest";
import type { ConfigInput } from "../../config/schema.ts";
import { stateOf } from "./applications.ts";
import { demoConfig, doors } from "./demo-platform.ts";
import {
  applicationNames,
  getIngress,
  healthCheckPortOf,
  ingressPath,
  statusNodePort,
  targetGroupPorts,
  untilEvent,
  untilGone,
  untilWell,
} from "./demo-state.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import { waitUntil } from "./wait-until.ts";

/** No certificate has this ARN, and nothing that meshfront reads can tell. */
const unknownCertificate =
  "arn:aws:acm:ap-northeast-2:123456789012:certificate/11111111-2222-3333-4444-555555555555";

describeOnTestBed("a new door that never gets an address", (bed) => {
  let config: ConfigInput;
  let revision: string;
  const partners = "demo-ingress-partners";

  const withPartners = (certificateArn?: string): ConfigInput => {
    const { services } = demoConfig(bed()).ingresses;
    const certificate = certificateArn === undefined ? services.certificate : { arn: certificateArn };
    const door = { ...services, hosts: ["partners.example.com"], certificate };
    return { ...config, ingresses: { ...config.ingresses, partners: door } };
  };

  /** Its operation is over although it has no address: only then does Argo CD take the next commit. */
  async function commitTheMistake(): Promise<void> {
    const since = await bed().position();
    await bed().commit("A certificate that is not there", withPartners(unknownCertificate));
    await untilEvent(bed(), "partners", "FailedDeployModel", /CertificateNotFound/, since);
    await waitUntil(
      "the refused door to be Synced, its operation over, and Progressing",
      60,
      async () => {
        const application = await bed().applications.tryGet(partners);
        return application !== undefined && stateOf(application) === "Synced/Progressing/Succeeded";
      },
      () => bed().applications.summary(),
    );
  }

  test("goes unnoticed by the other doors and by the hook, and other commits come through", async () => {
    config = demoConfig(bed());
    revision = await bed().commit("The first cluster", config);
    await bed().applyArgocdFolder();
    await untilWell(bed(), revision);
    const since = await bed().position();
    const runsBefore = bed().kubelet.runs.length;
    await commitTheMistake();
    await waitUntil("the hook", 60, () => bed().kubelet.runs.length > runsBefore);
    expect(bed().kubelet.runs.slice(runsBefore)).toMatchObject([{ job: "healthcheck", exitCode: 0 }]);
    expect(healthCheckPortOf(await getIngress(bed(), "partners"))).toBe(await statusNodePort(bed()));

    const service = { name: "web", namespace: "istio-system", port: 80 };
    const route = { name: "web", hosts: ["app.example.com"], ingress: "services", service };
    config = { ...config, routes: [...(config.routes ?? []), route] };
    revision = await bed().commit("A route", withPartners(unknownCertificate));
    const others = applicationNames.filter((name) => name !== "demo-root");
    await waitUntil(
      "all other Applications to be well at the new commit",
      90,
      async () => {
        const all = (await bed().applications.list()).filter(({ metadata }) =>
          others.includes(metadata.name),
        );
        const isWell = (application: (typeof all)[number]): boolean =>
          stateOf(application) === "Synced/Healthy/Succeeded" &&
          (application.spec.source.repoURL !== bed().platform.url ||
            application.status?.sync?.revision === revision);
        return all.length === others.length && all.every(isWell);
      },
      () => bed().applications.summary(),
    );
    for (const door of doors) expect(bed().journal.ingresses.of(`ingress-${door}`, since)).toEqual([]);
  });

  test("is repaired by the next commit", async () => {
    revision = await bed().commit("The right certificate", withPartners());
    await untilWell(bed(), revision, { names: [...applicationNames, partners] });
    expect(targetGroupPorts(bed(), "partners")).toEqual([await statusNodePort(bed())]);
    revision = await bed().commit("No more partners", config, "--allow-removal");
    await untilGone(bed(), partners);
    await untilWell(bed(), revision);
  });

  test("is removed by the next commit", async () => {
    await commitTheMistake();
    revision = await bed().commit("No partners", config, "--allow-removal");
    await untilGone(bed(), partners);
    await untilWell(bed(), revision);
    expect(await bed().plane.api.tryGet(ingressPath("partners"))).toBeUndefined();
  });

  test("does not stop the deletion of the root", async () => {
    await commitTheMistake();
    await bed().plane.kubectl("delete", "application", "demo-root", "--namespace=argocd", "--timeout=90s");
    expect((await bed().applications.list()).map(({ metadata }) => metadata.name)).toEqual([]);
    expect(await bed().plane.api.tryGet(ingressPath("partners"))).toBeUndefined();
  });
});
