// What people get: the tarball of `npm pack`, in folders of their own, on each Node.
import {
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { noticesFile, thirdPartyNotices } from "../../tools/notices.mjs";
import {
  checkout,
  emptyFolder,
  install,
  majorOf,
  mustRun,
  nodeOf,
  npm,
  type Packed,
  pack,
  run,
} from "./installed.ts";

/** Of each major that is supported, and what is not supported any more. */
const supported = ["20.20.2", "22.23.3", "24.21.0"] as const;
const tooOld = "18.20.8";

const megabyte = 1_000_000;
const nobody = 65_534;

let folder: string;
let packed: Packed;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "meshfront-packed-"));
  packed = pack(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The cluster of the README, with its lock file. */
const example = join(checkout, "test/golden/minimal/clusters");

const projects = new Map<string, string>();

/** Installed once; without what earlier tests had written. */
function projectWithMeshfront(name: string): string {
  const project = projects.get(name) ?? join(folder, name);
  if (!projects.has(name)) {
    mkdirSync(project);
    install(project, packed);
    projects.set(name, project);
  }
  for (const part of ["clusters", "dist", "argocd", "schema"])
    rmSync(join(project, part), { recursive: true, force: true });
  cpSync(example, join(project, "clusters"), { recursive: true });
  return project;
}

const program = (project: string): string => join(project, "node_modules/meshfront/bin/meshfront.cjs");

describe("the package", () => {
  test("is below 1 MB packed and 4 MB unpacked", () => {
    expect(packed.size).toBeLessThan(megabyte);
    expect(packed.unpackedSize).toBeLessThan(4 * megabyte);
  });

  test("holds the program, its documents and its licences, and neither sources nor tests", () => {
    const tops = new Set(
      packed.paths.map((path) => (/^(?:build|bin)\//.test(path) ? path : path.split("/")[0])),
    );
    expect([...tops].sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "THIRD_PARTY_NOTICES",
      "bin/cache-folder.cjs",
      "bin/code-cache.cjs",
      "bin/meshfront.cjs",
      "build/aws.cjs",
      "build/cdk8s.cjs",
      "build/clean-runs.cjs",
      "build/explanations.cjs",
      "build/layout.cjs",
      "build/meshfront.cjs",
      "charts",
      "commands",
      "docs",
      "hook",
      "imports",
      "library",
      "llms.txt",
      "package.json",
      "page",
      "schema",
    ]);
    expect(packed.paths.filter((path) => /(?<!\.d)\.tsx?$|^test\//.test(path))).toEqual([]);
  });

  test("needs no other package", () => {
    expect(packageJson).not.toHaveProperty("dependencies");
    const project = projectWithMeshfront("empty");
    expect(readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
      "meshfront",
    ]);
  });

  test("names the licence of everything that is bundled", async () => {
    expect(readFileSync(noticesFile, "utf8"), "run `npm run notices`").toBe(await thirdPartyNotices());
  });
});

describe.each(supported)("on Node %s", (version) => {
  test.each(["empty", "with blanks in its name"])("every command works in a folder %s", (name) => {
    const project = projectWithMeshfront(name);
    const node = nodeOf(version);
    const meshfront = (...args: string[]) => run(node, [program(project), ...args], { cwd: project });
    const expectCode = (code: number, ...args: string[]) => {
      const outcome = meshfront(...args);
      expect({ code: outcome.code }, `${args.join(" ")}: ${outcome.stderr}`).toEqual({ code });
      return outcome;
    };
    expect(expectCode(0, "version").stdout).toContain(`node v${majorOf(version)}.`);
    expectCode(0, "--help");
    rmSync(join(project, "clusters"), { recursive: true });
    const url = "https://github.com/example/platform.git";
    expectCode(0, "init", "--cluster", "demo", "--region", "ap-northeast-2", "--repository", url);
    expectCode(0, "synth", "--dry-run");
    expectCode(4, "check");
    cpSync(example, join(project, "clusters"), { recursive: true });
    expectCode(0, "explain", "alb/subnets");
    expect(expectCode(0, "explain", "docs/reference/iam-policy.json").stdout).toContain('"Statement"');
    expectCode(0, "completion", "bash");
    expectCode(0, "schema", "--write");
    expectCode(2, "check");
    expectCode(0, "synth");
    expectCode(0, "check", "--format", "sarif");
    expectCode(0, "diff", "--format", "markdown");
    expect(expectCode(5, "lookup", "--timeout", "5s").stderr).toContain("error aws/");
    // The second of the same runs comes from what the first left.
    expectCode(0, "check");
    expect(expectCode(0, "check").stderr).toContain("nothing has changed since the last clean run");
  });

  test("it works where neither node_modules nor the home can be written, and keeps nothing then", () => {
    const project = projectWithMeshfront(`read-only-${majorOf(version)}`);
    for (const part of ["", "clusters"]) chownSync(join(project, part), nobody, nobody);
    mustRun("chmod", ["-R", "a-w,a+rX", join(project, "node_modules")], { cwd: project });
    mustRun("chmod", ["a+rx", join(project, "..")], { cwd: project });
    const caches = join(project, "caches");
    mkdirSync(caches);
    chownSync(caches, nobody, nobody);
    const uid = process.getuid?.() === 0 ? { uid: nobody } : {};
    // The checkout may stand in a home that nobody else can enter.
    const node = join(project, "node");
    copyFileSync(nodeOf(version), node);
    const synth = (env: Readonly<Record<string, string>>) =>
      run(node, [program(project), "synth"], { cwd: project, env, ...uid });
    expect(synth({ HOME: "/nowhere" })).toMatchObject({ code: 0 });
    expect(synth({ HOME: "/nowhere", XDG_CACHE_HOME: caches })).toMatchObject({ code: 0 });
    expect(
      readdirSync(join(caches, "meshfront")).some((name) => name.startsWith("meshfront.cjs-synth")),
    ).toBe(true);
    expect(readdirSync(join(project, "node_modules/meshfront/build"))).not.toContain("cache");
  });
});

test("an older Node is told in one sentence", () => {
  const project = projectWithMeshfront("empty");
  expect(run(nodeOf(tooOld), [program(project), "check"], { cwd: project })).toEqual({
    code: 1,
    stdout: "",
    stderr: `meshfront: needs Node.js 20 or newer, this is ${tooOld}.\n`,
  });
});

test("a package that lost a file is not told to build what it cannot build", () => {
  const project = projectWithMeshfront("damaged");
  rmSync(join(project, "node_modules/meshfront/build/meshfront.cjs"));
  const { code, stderr } = run(process.execPath, [program(project), "check"], { cwd: project });
  expect(code).toBe(70);
  expect(stderr).toMatch(/^meshfront: cannot read .*\. The package is damaged: .* install it again\.\n$/);
});

test("`init --cdk8s` makes a project for `cdk8s synth`, and for a program with charts of its own", () => {
  const project = emptyFolder("with-cdk8s");
  const own = projectWithMeshfront("empty");
  const where = [
    "--cluster",
    "demo",
    "--region",
    "eu-west-1",
    "--repository",
    "https://github.com/acme/platform.git",
  ];
  mustRun(process.execPath, [program(own), "init", "--chdir", project, "--cdk8s", ...where], { cwd: own });
  npm(["install", "--prefer-offline", "--save-dev", packed.file], project);
  const cdk8sSynth = () =>
    mustRun(process.execPath, [join(project, "node_modules/cdk8s-cli/bin/cdk8s"), "synth"], {
      cwd: project,
      env: { CDK8S_CHECK_UPGRADE: "false" },
    });
  expect(cdk8sSynth().stderr).toContain("synth: 1 cluster, ");
  expect(readdirSync(join(project, "dist/demo"))).toContain("applications");

  const cdk8sYaml = readFileSync(join(project, "cdk8s.yaml"), "utf8");
  writeFileSync(join(project, "cdk8s.yaml"), cdk8sYaml.replace(/^app:.*$/m, "app: node main.mjs"));
  for (const part of ["main.mjs", "charts"])
    cpSync(join(checkout, "examples/own-charts", part), join(project, part), { recursive: true });
  expect(cdk8sSynth().stderr).toContain("synth: 1 cluster, ");
  expect(readdirSync(join(project, "dist/demo"))).toContain("manifests-gateway");
  expect(run(process.execPath, [program(project), "synth", "--dry-run"], { cwd: project }).stderr).toContain(
    "0 files written",
  );
});

test("as a dependency from Git it is built where npm installs it", () => {
  const project = emptyFolder("from-git");
  writeFileSync(join(project, "package.json"), "{}\n");
  npm(["install", "--save-dev", "--prefer-offline", `git+file://${checkout}`], project);
  const { stdout } = mustRun(process.execPath, [program(project), "version"], { cwd: project });
  expect(stdout).toContain(`meshfront ${packageJson.version}\n`);
});
