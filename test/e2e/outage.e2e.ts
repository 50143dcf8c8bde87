/** A cause outside of Git that lasts longer than the retries: the case for docs/how-to/resume-an-application.md. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { stateOf } from "./applications.ts";
import { demoConfig } from "./demo-platform.ts";
import { untilScaled, untilWell } from "./demo-state.ts";
import { collection } from "./kubernetes-api.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import type { TestBed } from "./test-bed.ts";
import { waitUntil } from "./wait-until.ts";

/** As in rejected-value.ts: the pauses between the attempts of a child. */
const RETRY_WINDOW_SECONDS = 20 + 40 + 60 + 60 + 60;
/** The longest pause of the root between two attempts. */
const ROOT_PAUSE_SECONDS = 180;
/** More than a few comparisons. */
const NOTHING_HAPPENS_MS = 30_000;

const NAME = "e2e-outage";
const MESSAGE = "the quota service is down";
const admission = (plural: string) => collection("admissionregistration.k8s.io/v1", plural);

/** Argo CD may write no Deployment: an admission policy stands for a quota, a webhook or a right that is missing. */
async function beginOutage(bed: TestBed): Promise<void> {
  const { api } = bed.plane;
  await api.create(admission("validatingadmissionpolicies"), {
    metadata: { name: NAME },
    spec: {
      matchConstraints: {
        resourceRules: [
          {
            ...{ apiGroups: ["apps"], apiVersions: ["v1"], resources: ["deployments"] },
            operations: ["CREATE", "UPDATE"],
          },
        ],
      },
      matchConditions: [{ name: "argocd", expression: "request.userInfo.username == 'admin'" }],
      validations: [{ expression: "false", message: MESSAGE }],
    },
  });
  await api.create(admission("validatingadmissionpolicybindings"), {
    metadata: { name: NAME },
    spec: { policyName: NAME, validationActions: ["Deny"] },
  });
  const deployment = ["deployment/istio-ingress", "--namespace=istio-ingress"];
  await waitUntil("the policy to be in force", 30, () =>
    bed.plane.kubectl("annotate", "--dry-run=server", ...deployment, "e2e=probe").then(
      () => false,
      (error: { stderr: string }) => error.stderr.includes(MESSAGE),
    ),
  );
}

async function endOutage(bed: TestBed): Promise<void> {
  for (const plural of ["validatingadmissionpolicybindings", "validatingadmissionpolicies"]) {
    await bed.plane.api.delete(`${admission(plural)}/${NAME}`);
  }
}

/** Runs the commands of the page that start a sync with kubectl, for another Application. */
async function resumeAsDocumented(bed: TestBed, application: string): Promise<void> {
  const page = fileURLToPath(new URL("../../docs/how-to/resume-an-application.md", import.meta.url));
  const block = readFileSync(page, "utf8").match(/```sh\n(options=[\s\S]*?)```/)?.[1];
  const binaries = inject("binaries");
  if (block === undefined || typeof binaries === "string") throw new Error("expected the commands");
  await promisify(execFile)("bash", ["-euc", block.replaceAll("demo-istiod", application)], {
    env: {
      ...process.env,
      KUBECONFIG: bed.plane.kubeconfig,
      HOME: bed.folder,
      PATH: `${binaries.folder}:${process.env.PATH}`,
    },
  });
}

describeOnTestBed("an outage that lasts longer than the retries of a child", (bed) => {
  let config: ReturnType<typeof demoConfig>;
  let revision: string;
  const gateway = () => bed().applications.get("demo-istio-ingress");

  test("ends as a failed operation that names the cause, and as a Degraded root", async () => {
    config = demoConfig(bed());
    revision = await bed().commit("The first cluster", config);
    await bed().applyArgocdFolder();
    await untilWell(bed(), revision);
    await untilScaled(bed());
    await beginOutage(bed());
    config.gateways.ingress.replicas = { min: 3, max: 3 };
    revision = await bed().commit("A third replica", config);
    await waitUntil(
      "the child to give up",
      RETRY_WINDOW_SECONDS + 60,
      async () => /Failed$/.test(stateOf(await gateway())),
      () => bed().applications.summary(),
    );
    const { status } = await gateway();
    const messages = (status?.operationState?.syncResult?.resources ?? []).map(({ message }) => message);
    expect(messages.join()).toContain(MESSAGE);
    await waitUntil("a Degraded root", 60, async () =>
      /\/Degraded\//.test(stateOf(await bed().applications.get("demo-root"))),
    );
  }, 600_000);

  test("is not resumed by the end of the outage alone", async () => {
    await endOutage(bed());
    await bed().applications.refreshHard();
    await sleep(NOTHING_HAPPENS_MS);
    expect(stateOf(await gateway())).toMatch(/^OutOfSync\/.*\/Failed$/);
  });

  test("is resumed by the documented command, and the root follows by itself", async () => {
    await resumeAsDocumented(bed(), "demo-istio-ingress");
    await untilWell(bed(), revision, { timeoutSeconds: ROOT_PAUSE_SECONDS + 60 });
  }, 300_000);
});
