import { appendFileSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { makeArchive } from "../config/helm-template/make-archive.ts";
import { chartFolder } from "../config/helm-template/read-chart-folder.ts";
import { writeTree } from "../manifests/output-tree.ts";
import { clusterFile, meshfront, writtenProject } from "./program.ts";

const values = {
  istio: {
    version: "1.31.1",
    base: { values: { read: 1, unread: { a: 1, b: 2 } } },
    gateway: { values: { annotations: { a: "1" } } },
  },
};

const chart = (name: string, version: string, template: string) => ({
  "Chart.yaml": `apiVersion: v2\nname: ${name}\nversion: ${version}\n`,
  "templates/a.yaml": template,
});

const archiveOf = (name: string, version: string, template: string): Uint8Array =>
  makeArchive(
    Object.entries(chart(name, version, template)).map(([path, content]) => ({
      name: `${name}/${path}`,
      content,
    })),
  );

describe("check --charts", () => {
  let root = "";
  const charts = (): string => join(root, "charts");
  const check = (...args: string[]) => meshfront(root, ["check", "--charts", "charts", ...args]);

  beforeEach(() => {
    root = writtenProject(clusterFile("demo", ["web"], values));
    mkdirSync(charts());
    writeFileSync(join(charts(), "base-1.31.1.tgz"), archiveOf("base", "1.31.1", "{{ .Values.read }}"));
    writeTree(
      charts(),
      Object.fromEntries(
        Object.entries(chart("gateway", "9.9.9", "{{ tpl .Values.name . }}")).map(([path, text]) => [
          `my-gateway/${path}`,
          text,
        ]),
      ),
    );
  });

  it("warns of what no template reads, and says how much it cannot decide", () => {
    const { code, stderr } = check();
    expect(code).toBe(0);
    expect(stderr).toContain("warning istio/dead-value: no template of the base chart 1.31.1 reads unread\n");
    expect(stderr.match(/istio\/dead-value/g)).toHaveLength(1);
    expect(stderr).toContain(
      "1 value not decided from the templates of the gateway chart: tpl runs a text that is not known before rendering\n",
    );
  });

  it("reads a package whose keys are not all names", () => {
    const file = join(charts(), "my-gateway/Chart.yaml");
    appendFileSync(file, "? [a, b]\n: c\n? {d: 1}\n: e\n");
    expect(check().code).toBe(0);
  });

  it("gives the verdict on each value to scripts", () => {
    const { values: verdicts } = JSON.parse(check("--json").stdout);
    expect(verdicts).toEqual([
      { cluster: "demo", path: "istio.base.values.read", verdict: "read", guards: [], reason: null },
      { cluster: "demo", path: "istio.base.values.unread", verdict: "never", guards: [], reason: null },
      {
        cluster: "demo",
        path: "gateways.ingress.values.annotations.a",
        verdict: "unknown",
        guards: [],
        reason: "tpl runs a text that is not known before rendering",
      },
    ]);
  });

  it("takes the exact version where there are several, and says what is there where none fits", () => {
    writeFileSync(join(charts(), "base-1.30.3.tgz"), archiveOf("base", "1.30.3", "{{ .Values.unread.a }}"));
    expect(check().stderr).toContain("the base chart 1.31.1 reads unread");
    writeFileSync(join(charts(), "base-1.31.1.tgz"), archiveOf("base", "1.31.0", ""));
    const { code, stderr } = check();
    expect(code).toBe(1);
    expect(stderr).toContain(
      "error usage/charts: expected the chart base 1.31.1 in charts, found base 1.30.3, base 1.31.0, gateway 9.9.9\n",
    );
  });

  it("refuses a folder that is not there and a package that is none", () => {
    expect(meshfront(root, ["check", "--charts", "nowhere"]).stderr).toContain(
      "error usage/charts: expected a folder with charts, found none at nowhere\n",
    );
    appendFileSync(join(charts(), "istiod.tgz"), "no archive");
    const { code, stderr } = check();
    expect(code).toBe(1);
    expect(stderr).toContain("usage/charts: expected a Helm chart in charts/istiod.tgz: no gzip archive\n");
  });

  it("reads a folder that is itself a chart", () => {
    const own = writtenProject(clusterFile("demo", ["web"]));
    cpSync(chartFolder("stub"), join(own, "charts"), { recursive: true });
    expect(meshfront(own, ["check", "--charts", "charts"]).code).toBe(0);
  });
});
