// The types that people see, and the record of them.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { libraryTypes } from "../../tools/library-types.mjs";
import { makeProject, readTree } from "../manifests/output-tree.ts";
import { checkout, linkPackages } from "./library-project.ts";

const types: ReadonlyMap<string, string> = await libraryTypes();

describe("the types of the library", () => {
  it("are those that are committed: run `npm run types`, and read the difference as a change of the public surface", () => {
    const committed = readTree(join(checkout, "library/types"));
    const wanted = [...types].filter(([path]) => path.startsWith("types/"));
    expect(Object.keys(committed).sort()).toEqual(wanted.map(([path]) => path.slice("types/".length)).sort());
    for (const [path, text] of types)
      expect(readFileSync(join(checkout, "library", path), "utf8"), path).toBe(text);
  });

  it("name cdk8s and no other package, and stay small", () => {
    const text = [...types.values()].join("\n");
    const packages = [...text.matchAll(/from "([^."][^"]*)"/g)].map(([, name]) => name);
    expect([...new Set(packages)]).toEqual(["cdk8s"]);
    expect(text.length).toBeLessThan(100_000);
  });

  const program = (imports: string): string => `${imports}
const cluster = defineCluster({
  cluster: { name: "demo", region: "ap-northeast-2" },
  repository: { url: "https://github.com/example/platform.git" },
  ingresses: { services: { hosts: ["app.example.com"], certificate: { domain: "app.example.com" } } },
});
const key: string | undefined = cluster.gateways[0]?.key;
// @ts-expect-error a misspelt key
defineCluster({ cluster: { name: "demo", regoin: "ap-northeast-2" } });
// @ts-expect-error a value that is none of those that can be
defineCluster({ cluster: { name: "demo" }, ingresses: { a: { hosts: [], scheme: "public" } } });
const code: Promise<number> = run([], { charts: (app, { gateways }) => void new Chart(app, gateways[0]?.key ?? "") });
const wrong = (error: unknown) => error instanceof ConfigurationError && error.problems[0]?.path;
export { code, key, wrong };
`;

  const names = "ConfigurationError, defineCluster, run";
  it("serve TypeScript in ES modules and in CommonJS", () => {
    const esm = `import { Chart } from "cdk8s";\nimport { ${names} } from "meshfront";`;
    const root = makeProject({
      "package.json": '{ "type": "module" }',
      "esm.ts": program(esm),
      "commonjs.cts": program(esm),
    });
    linkPackages(root, ["meshfront", "cdk8s", "constructs"]);
    const tsc = join(checkout, "node_modules/typescript/bin/tsc");
    const options = ["--noEmit", "--strict", "--module", "node16", "--target", "es2022", "--types", ""];
    const { stdout, status } = spawnSync(process.execPath, [tsc, ...options, "esm.ts", "commonjs.cts"], {
      cwd: root,
      encoding: "utf8",
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  });
});
