// What `check --charts` says, with any helm: the imitation in `npm test`, the real one there where it is found and on the
// test bed.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { check } from "../../../commands/check.ts";
import type { CommandResult } from "../../../commands/command.ts";
import { nodeReadFileSystem } from "../../../core/read-disk.ts";
import { writeTree } from "../../manifests/output-tree.ts";
import { clusterFile, writtenProject } from "../program.ts";
import { pathWith } from "./helm-programs.ts";

const base = {
  "Chart.yaml": "apiVersion: v2\nname: base\nversion: 1.31.1\n",
  "values.yaml": JSON.stringify({ read: 0, given: "same", list: [], switch: false, below: 1 }),
  "templates/a.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data:
  read: {{ toJson .Values.read }}
  given: {{ toJson .Values.given }}
  list: {{ toJson .Values.list }}
{{- if .Values.switch }}
  below: {{ toJson .Values.below }}
{{- end }}
{{- if .Values.broken }}
  broken: {{ fail "broken may not be set, see https://user:secret@example.com/?token=secret" }}
{{- end }}
`,
};

const istiod = {
  "Chart.yaml": "apiVersion: v2\nname: istiod\nversion: 1.31.1\n",
  "values.yaml": JSON.stringify({ global: { proxy: { logLevel: "warning" }, mine: 1 }, replicas: 1 }),
  "templates/copy.yaml":
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: values}\ndata:\n  all: |-\n    {{ toJson .Values.replicas }}\n    {{ toJson .Values.global }}\n",
  "templates/injector.yaml":
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio-sidecar-injector}\ndata:\n  config: \'level {{"{{"}} .Values.global.proxy.logLevel {{"}}"}}\'\n  values: |-\n    {{ toJson .Values.global }}\n',
};

const gateway = {
  "Chart.yaml": "apiVersion: v2\nname: gateway\nversion: 9.9.9\n",
  "values.yaml": JSON.stringify({ kind: "Deployment" }),
  "values.schema.json": JSON.stringify({
    type: "object",
    additionalProperties: false,
    properties: { kind: {}, service: {}, autoscaling: {}, podDisruptionBudget: {}, podAnnotations: {} },
  }),
  "templates/a.yaml": "apiVersion: apps/v1\nkind: {{ toJson .Values.kind }}\nmetadata: {name: a}\n",
};

/** @param helm folder with the program */
export function describeCharts(title: string, helm: string): void {
  describe(title, { timeout: 60_000 }, () => {
    let root = "";
    const charts = (): string => join(root, "charts");
    const said: string[] = [];

    /** Each chart gets the values of that name. */
    const run = async (
      values: Readonly<Record<string, object>>,
      options: CommandResult["json"] = {},
    ): Promise<CommandResult> => {
      const istio = Object.fromEntries(
        Object.entries(values).map(([chart, own]) => [chart, { values: own }]),
      );
      writeTree(root, clusterFile("demo", ["web"], { istio: { version: "1.31.1", ...istio } }));
      said.length = 0;
      return check.run({
        disk: nodeReadFileSystem,
        root,
        words: [],
        options: { charts: "charts", ...(options as object) },
        progress: (text) => said.push(text),
      });
    };
    const effects = ({ json }: CommandResult): unknown =>
      (json?.values as unknown as readonly { path: string; effect: string }[] | null)?.map(
        ({ path, effect }) => `${path.replace("istio.", "").replace(".values", "")} ${effect}`,
      );
    const valueProblems = ({ problems }: CommandResult): readonly string[] =>
      problems
        .filter(({ code }) => !code.startsWith("output/"))
        .map(({ code, path, message }) => `${code} ${path ?? ""}: ${message}`);

    beforeEach(() => {
      root = writtenProject(clusterFile("demo", ["web"]));
      vi.stubEnv("PATH", pathWith(helm));
      vi.stubEnv("NODE_EXTRA_CA_CERTS", undefined); // Node reads them at each start of the imitation
      writeTree(charts(), prefixed("my-base", base));
      writeTree(charts(), prefixed("istiod", istiod));
      writeTree(charts(), prefixed("gateway", gateway));
      return () => void vi.unstubAllEnvs();
    });

    it("tells what changes the objects from what the chart has anyway and from what nothing reads", async () => {
      const unread = { a: 1, b: { c: 2 } };
      const result = await run({ base: { read: 1, given: "same", list: [], unread, below: 2 } });
      expect(effects(result)).toEqual([
        "base.read yes",
        "base.given default",
        "base.list default",
        "base.unread.a no",
        "base.unread.b.c no",
        "base.below no",
      ]);
      const changesNothing = "changes nothing that the base chart 1.31.1 installs with these values";
      expect(valueProblems(result)).toEqual([
        `istio/dead-value istio.base.values.unread: unread ${changesNothing}`,
        `istio/dead-value istio.base.values.below: below ${changesNothing}`,
      ]);
    });

    it("sees an effect where its condition is met by another value", async () => {
      expect(effects(await run({ base: { switch: true, below: 2 } }))).toEqual([
        "base.switch yes",
        "base.below yes",
      ]);
    });

    it("says with what was measured why a value has no effect, and drops what the charts disprove", async () => {
      const result = await run({ istiod: { replicas: 3 }, base: { unread: 1, read: 1 } });
      expect(valueProblems(result)).toEqual([
        "istio/dead-value istio.istiod.values.replicas: replicas changes nothing that the istiod chart 1.31.1 installs with these values",
        "istio/dead-value istio.base.values.unread: unread changes nothing that the base chart 1.31.1 installs with these values",
      ]);
      expect(result.problems.map(({ suggestion }) => suggestion)).toContain("Set istio.istiod.replicas.");
    });

    it("does not take the copies of all values for an effect, and knows what injection templates read", async () => {
      const result = await run({
        istiod: { replicas: 3, global: { proxy: { logLevel: "debug" }, mine: 2 } },
      });
      expect(effects(result)).toEqual([
        "istiod.replicas no",
        "istiod.global.proxy.logLevel injection",
        "istiod.global.mine unknown",
      ]);
      expect(said.at(-1)).toBe(
        "1 value not decided by the istiod chart 1.31.1: it reaches only the injector's values: istiod may read it there",
      );
    });

    it("refuses a value on which the chart fails, at its place and in helm's words without credentials", async () => {
      const result = await run({ base: { read: 1, broken: true } });
      expect(result.exitCode).toBe(1);
      expect(valueProblems(result)).toEqual([
        expect.stringMatching(
          /^istio\/chart-fails istio\.base\.values\.broken: the base chart 1\.31\.1 does not render with this value; helm says ".*broken may not be set, see https:\/\/\*\*\*@example\.com\/\?\*\*\*"$/,
        ),
      ]);
      expect(JSON.stringify(result)).not.toContain("secret");
    });

    it("is not misled by a schema that knows a value which nothing reads", async () => {
      const { properties } = JSON.parse(gateway["values.schema.json"]);
      writeTree(charts(), {
        "gateway/values.schema.json": JSON.stringify({
          ...JSON.parse(gateway["values.schema.json"]),
          properties: { ...properties, runAsRoot: { type: "boolean" } },
        }),
      });
      const result = await run({ gateway: { runAsRoot: false, kind: "Deployment" } });
      expect(effects(result)).toEqual(["gateway.runAsRoot no", "gateway.kind default"]);
    });

    it.skipIf(title.includes("imitation"))(
      "decides nothing where a chart renders something else each time",
      async () => {
        writeTree(charts(), {
          "my-base/templates/r.yaml": 'apiVersion: v1\nkind: Secret\nmetadata: {name: "{{ randAlpha 9 }}"}\n',
        });
        const result = await run({ base: { unread: 1, read: 1 } });
        expect(effects(result)).toEqual(["base.unread unknown", "base.read unknown"]);
      },
    );

    it("takes the exact version where there are several, and says what is there where none fits", async () => {
      writeTree(
        charts(),
        prefixed("old", { ...base, "Chart.yaml": "apiVersion: v2\nname: base\nversion: 1.30.3\n" }),
      );
      expect(
        (await run({ base: { read: 1 } })).problems.filter(({ code }) => code === "usage/charts"),
      ).toEqual([]);
      rmSync(join(charts(), "my-base"), { recursive: true });
      writeTree(
        charts(),
        prefixed("other", { ...base, "Chart.yaml": "apiVersion: v2\nname: base\nversion: 1.29.0\n" }),
      );
      const { exitCode, problems } = await run({ base: { read: 1 } });
      expect(exitCode).toBe(1);
      expect(problems.map(({ code, message }) => `${code}: ${message}`)).toContain(
        "usage/charts: expected the chart base 1.31.1 in charts, found gateway 9.9.9, istiod 1.31.1, base 1.30.3, base 1.29.0",
      );
    });

    it("refuses a folder that is not there and a package that is none", async () => {
      const nowhere = await run({ base: { read: 1 } }, { charts: "nowhere" });
      expect(valueProblems(nowhere)).toContain(
        "usage/charts : expected a folder with charts, found none at nowhere",
      );
      writeFileSync(join(charts(), "istiod.tgz"), "no archive");
      const { exitCode, problems } = await run({ base: { read: 1 } });
      expect(exitCode).toBe(1);
      expect(problems.map(({ message }) => message).join()).toMatch(
        /expected a Helm chart in charts\/istiod\.tgz; helm says ".*does not appear to be a gzipped archive/,
      );
    });

    it("reads a folder that is itself a chart, and asks nobody where nobody wrote values", async () => {
      rmSync(charts(), { recursive: true });
      writeTree(charts(), base);
      expect(effects(await run({ base: { read: 1 } }))).toEqual(["base.read yes"]);
      vi.stubEnv("PATH", "/nowhere");
      const { problems, json } = await run({});
      expect([problems.filter(({ code }) => code.startsWith("helm/")), json?.values]).toEqual([[], []]);
    });
  });
}

const prefixed = (
  folder: string,
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
