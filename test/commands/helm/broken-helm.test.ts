import { chmodSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeProject, writeTree } from "../../manifests/output-tree.ts";
import { clusterFile, documentOf, type Outcome, runMain, writtenProject } from "../program.ts";
import { pathWith } from "./helm-programs.ts";

const values = { istio: { version: "1.31.1", base: { values: { read: 1 } } } };

/** What every helm here can do. */
const able = `
const [verb, ...args] = process.argv.slice(2);
const version = "v4.2.1+stub";
`;
const versionToo = `${able}if (verb === "version") console.log(version);`;
const onTemplate = (program: string): string => `${versionToo}\nif (verb === "template") { ${program} }`;

const printObject = `const text = require("node:fs").readFileSync(0, "utf8");
console.log("---\\nkind: ConfigMap\\nmetadata: {name: a}\\ndata: " + text);`;

/** `meshfront check --charts` where the only helm is this program of Node.js, or none. */
async function check(program: string | undefined, ...args: readonly string[]): Promise<Outcome> {
  const root = writtenProject(clusterFile("demo", ["web"], values));
  writeTree(root, { "charts/base/Chart.yaml": "name: base\nversion: 1.31.1\n" });
  const folder = makeProject(program === undefined ? {} : { helm: `#!${process.execPath}\n${program}` });
  if (program !== undefined) chmodSync(join(folder, "helm"), 0o755);
  const env = {
    PATH: pathWith(folder),
    HELM_PLUGINS: "/home/me/plugins",
    KUBECONFIG: "/home/me/.kube/config",
  };
  return runMain(root, ["check", "--charts", "charts", ...args], { env });
}

describe("check --charts", { timeout: 60_000 }, () => {
  it("says that nothing was asked where there is no helm, and how to get it", async () => {
    const { code, stderr } = await check(undefined);
    expect(code).toBe(5);
    expect(stderr).toContain(
      "error helm/missing: expected the program `helm` on the PATH, found none: no value was asked\n" +
        "  Install Helm 3 or 4 (https://helm.sh/docs/intro/install), or leave --charts out: then what was measured of Istio's charts decides.\n",
    );
  });

  it("says that helm 2 is too old, and takes 3", async () => {
    const old = await check(`console.log("Client: v2.17.0+ga690bad");`);
    expect(old.code).toBe(5);
    expect(old.stderr).toContain("error helm/version: expected helm 3 or newer on the PATH, found v2.17.0");
    const { code, stderr } = await check(onTemplate(printObject).replace("v4.2.1", "v3.19"));
    expect(code).toBe(0);
    expect(stderr).toContain("asking helm v3.19 what the values of demo do in the base chart 1.31.1\n");
  });

  it("says what helm says where it fails without the values too, trimmed and without credentials", async () => {
    const words = `Error: cannot load https://me:secret@example.com/x\\n${"long ".repeat(200)}`;
    const { code, stderr } = await check(
      onTemplate(`console.error("WARNING: old\\n${words}"); process.exit(7);`),
    );
    expect(code).toBe(5);
    expect(stderr).toMatch(
      /error helm\/failed: expected helm to render the base chart 1\.31\.1, also without your values; it says "cannot load https:\/\/\*\*\*@example\.com\/x long .{300,400}…"\n/,
    );
    expect(stderr).not.toMatch(/secret|WARNING/);
  });

  it.each([
    ["fails without a word", "process.exit(3)", "it says nothing, with exit code 3"],
    [
      "is ended by a signal",
      'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9e4)',
      "it was ended by SIGTERM",
    ],
    ["names no version", 'console.log("hello")', "`helm version --short` names no version"],
  ])("says so where helm %s", async (_, program, words) => {
    const { code, stderr } = await check(program);
    expect(code).toBe(5);
    expect(stderr).toContain(
      `error helm/failed: expected the program \`helm\` on the PATH to answer: ${words}\n`,
    );
  });

  it("says so where helm may not be run", async () => {
    const root = writtenProject(clusterFile("demo", ["web"], values));
    const folder = makeProject({ helm: "#!/nowhere/interpreter\n" });
    chmodSync(join(folder, "helm"), 0o644);
    const { code, stderr } = await runMain(root, ["check", "--charts", "."], { env: { PATH: folder } });
    expect(code).toBe(5);
    expect(stderr).toContain(
      "error helm/failed: expected the program `helm` on the PATH to answer: EACCES\n",
    );
  });

  it("does not mind warnings, on stderr or in front of the objects", async () => {
    const warning =
      'console.error("WARNING: kubeconfig is readable"); console.log("walk.go:74: found a link");';
    const { code, stderr } = await check(onTemplate(`${warning} ${printObject}`), "--json");
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("says so where helm prints no objects", async () => {
    const { code, stderr } = await check(onTemplate('console.log("hello")'));
    expect(code).toBe(5);
    expect(stderr).toContain(
      "error helm/failed: expected `helm template` to print the objects of the base chart 1.31.1 as YAML, found something else\n",
    );
  });

  it("ends a helm that hangs, and what it started with it or not", async () => {
    const started = performance.now();
    const child = 'require("node:child_process").spawn("sleep", ["20"], { stdio: "inherit" });';
    const { code, stderr } = await check(
      onTemplate(`${child} setTimeout(() => {}, 60_000);`),
      "--timeout",
      "1s",
    );
    expect(code).toBe(6);
    expect(stderr).toContain(
      "error helm/timeout: expected `helm template` to end within 1 s, and ended it\n",
    );
    expect(performance.now() - started).toBeLessThan(15_000);
    expect((await check(undefined, "--timeout", "soon")).stderr).toContain("error usage/timeout: ");
  });

  it("lets no setting of the user play a part, and leaves nothing behind", async () => {
    const before = leftOvers();
    const settings = "Object.entries(process.env).filter(([name]) => /^(HELM|KUBE)/.test(name))";
    const { stderr } = await check(
      onTemplate(`console.error("Error:", ${settings}.join(" ")); process.exit(1);`),
    );
    expect(stderr).toMatch(
      /HELM_CONFIG_HOME,\S+config HELM_CACHE_HOME,\S+cache HELM_DATA_HOME,\S+data KUBECONFIG,\S+none"/,
    );
    expect(leftOvers()).toEqual(before);
  });

  it("gives the effect of each value to scripts", async () => {
    const outcome = await check(onTemplate(printObject), "--json");
    expect(JSON.parse(outcome.stdout).values).toEqual([
      { cluster: "demo", path: "istio.base.values.read", effect: "yes", reason: null },
    ]);
    expect(documentOf(await check(undefined, "--json"))).toMatchObject({ exitCode: 5, values: null });
  });
});

const leftOvers = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith("meshfront-helm-"));
