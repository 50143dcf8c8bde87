/**
 * From an empty repository to a rolled-out cluster, by the commands that `init` prints: `init`, `lookup` against a server
 * that speaks AWS's APIs, `synth`, `check`, commit, push; and the real Argo CD rolls it out.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MotoServer, startMoto } from "../aws/moto-server.ts";
import { region, seed } from "../aws/seed.ts";
import { ingressPath, untilScaled, untilWell } from "./demo-state.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import type { Ingress } from "./target-groups.ts";

/** What the imitated controller finds in AWS: filled with what `lookup` was told. */
const subnets: Record<string, string> = {};
const certificates: string[] = [];

const names = [
  "istio-base",
  "istiod",
  "istio-ingress",
  "gateway",
  "ingress-services",
  "healthcheck",
  "recheck",
];

describeOnTestBed(
  "a repository that init began",
  (bed) => {
    let moto: MotoServer;
    beforeAll(async () => {
      moto = await startMoto();
      await seed(moto, 86_400);
    });
    afterAll(() => moto?.stop());
    const aws = () => ({
      AWS_ENDPOINT_URL: moto.url,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });

    test("works without AWS at once, and check refuses the examples", async () => {
      const { platform, charts } = bed();
      const told = await platform.meshfront([
        "init",
        "--cluster=demo",
        `--region=${region}`,
        `--repository=${platform.url}`,
      ]);
      expect(told).toContain("npx meshfront lookup demo");
      // The bed's charts, since it has no way to Istio's.
      platform.edit("clusters/demo.yaml", (text) =>
        text
          .replace(/^istio:$/m, `istio:\n  charts: ${charts.url}`)
          .replace(/$/, "hook: { timeoutSeconds: 10 }\n"),
      );
      expect(await platform.meshfront(["synth"])).toContain("warning facts/example");
      await expect(platform.meshfront(["check"])).rejects.toThrow("error facts/example");
    });

    test("has the answers of AWS after lookup, and check passes", async () => {
      const { platform } = bed();
      await platform.meshfront(["lookup", "demo"], aws());
      await platform.meshfront(["synth"]);
      expect(await platform.meshfront(["check"])).toContain("files as synth would write them");
      const { answers } = JSON.parse(readFileSync(join(platform.folder, "clusters/demo.lock.json"), "utf8"));
      for (const { id, zone } of answers["subnets:public"].subnets) subnets[id] = zone;
      certificates.push(answers["certificate:app.example.com"].arn);
    });

    test("is rolled out by Argo CD, with what AWS answered in its Ingress", async () => {
      const revision = await bed().push("The first cluster");
      await bed().applyArgocdFolder();
      await untilScaled(bed());
      await untilWell(bed(), revision, { names: ["demo-root", ...names.map((name) => `demo-${name}`)] });
      const { metadata, status } = await bed().plane.api.get<Ingress>(ingressPath("services"));
      expect(metadata.annotations?.["alb.ingress.kubernetes.io/subnets"]).toBe(
        Object.keys(subnets).join(","),
      );
      expect(metadata.annotations?.["alb.ingress.kubernetes.io/certificate-arn"]).toBe(certificates[0]);
      expect(status?.loadBalancer?.ingress).toHaveLength(1);
    });
  },
  { cluster: "demo", region, subnets, certificates, webAcls: [] },
);
