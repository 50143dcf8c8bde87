// `meshfront init` in the folders that people have.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { documentOf, runMain } from "../commands/program.ts";
import { makeProject, readTree, type Tree, writeTree } from "../manifests/output-tree.ts";

const url = "https://github.com/acme/platform.git";
const where = ["--cluster", "demo", "--region", "eu-west-1"];
const anywhere = [...where, "--repository", url];

const git = (folder: string, ...args: string[]): string =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
    cwd: folder,
    encoding: "utf8",
  });

/** A clone, as far as anything here asks. */
function repository(tree: Tree = {}, remote: string | undefined = url): string {
  const root = makeProject(tree);
  git(root, "init", "--quiet", "--initial-branch", "trunk");
  if (remote !== undefined) git(root, "remote", "add", "origin", remote);
  return root;
}

const init = (folder: string, ...args: readonly string[]) => runMain(folder, ["init", ...args]);

/** What a person does next, up to the point where AWS is asked. */
async function expectSynthWorks(folder: string): Promise<void> {
  const synth = await runMain(folder, ["synth"]);
  expect(synth, synth.stderr).toMatchObject({ code: 0 });
  expect(synth.stderr).toContain("warning facts/example");
  const check = await runMain(folder, ["check"]);
  expect(check.code).toBe(4);
  expect(check.stderr).toContain("clusters/demo.lock.json error facts/example");
}

const fileOf = (folder: string, path: string): string => readFileSync(join(folder, path), "utf8");

describe("init in an empty folder", () => {
  it("without Git asks for the URL, writes nothing and says how", async () => {
    const root = makeProject();
    const { code, stdout, stderr } = await init(root, ...where);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(
      "expected a Git remote with the URL of the repository that Argo CD reads, found none",
    );
    expect(stderr).toContain("`meshfront init --cluster NAME --region REGION --repository URL`");
    expect(readTree(root)).toEqual({});
  });

  it("with --repository writes a project in which synth works and check refuses the examples", async () => {
    const root = makeProject();
    const { code, stdout } = await init(root, ...anywhere);
    expect(code).toBe(0);
    expect(Object.keys(readTree(root))).toEqual([
      ".gitattributes",
      ".gitignore",
      "clusters/demo.lock.json",
      "clusters/demo.yaml",
      "package.json",
      "schema/cluster.schema.json",
      "schema/defaults.schema.json",
      "schema/result.schema.json",
    ]);
    expect(JSON.parse(fileOf(root, "package.json"))).toEqual({
      private: true,
      devDependencies: { meshfront: packageJson.version },
    });
    expect(stdout.split("\n").filter((line) => line.startsWith("  np"))).toEqual([
      expect.stringMatching(/^ {2}npm install && npx meshfront synth +# /),
      expect.stringMatching(/^ {2}npx meshfront lookup demo +# /),
      expect.stringMatching(/^ {2}npx meshfront synth && npx meshfront check +# /),
    ]);
    await expectSynthWorks(root);
  });

  it("pins the versions of today, so that an update of meshfront is none of Istio", async () => {
    const root = makeProject();
    await init(root, ...anywhere, "--host", "*.shop.example.com");
    const text = fileOf(root, "clusters/demo.yaml");
    expect(text).toMatch(/^istio:\n {2}version: \d+\.\d+\.\d+$/m);
    expect(text).toMatch(/^argocd:\n {2}version: "\d+\.\d+"$/m);
    expect(text).toContain('hosts: ["*.shop.example.com"]');
    await expectSynthWorks(root);
  });

  it("tells all that is missing or wrong at once", async () => {
    const root = makeProject();
    const { code, stderr } = await init(root, "--region", "Frankfurt", "--path", "../x", "--host", "a b");
    expect(code).toBe(1);
    for (const name of ["cluster", "region", "path", "host"]) expect(stderr).toContain(`expected --${name}`);
    expect(stderr).toContain("found none");
    expect(readTree(root)).toEqual({});
  });

  it.each(["default", "Prod", "a_b", "../x", ""])(
    "refuses the cluster %j and writes nothing",
    async (name) => {
      const root = makeProject();
      const { code } = await init(root, "--cluster", name, "--region", "eu-west-1", "--repository", url);
      expect(code).toBe(1);
      expect(readTree(root)).toEqual({});
    },
  );

  it.each(["http://example.com/x.git", "https://user:secret@example.com/x.git", "file.git", "/srv/x.git"])(
    "refuses the repository %s and writes nothing",
    async (wrong) => {
      const root = makeProject();
      const { code, stderr } = await init(root, ...where, "--repository", wrong);
      expect(code).toBe(1);
      expect(stderr).not.toContain("secret");
      expect(readTree(root)).toEqual({});
    },
  );

  it("without the right to write says so, with the exit code of a disk", async () => {
    for (const mode of [0o700, 0o755]) {
      const root = makeProject();
      chmodSync(root, mode);
      const { code, stderr } = await runMain(root, ["init", ...anywhere], { isWithoutRights: true });
      expect(code).toBe(5);
      expect(stderr).toContain("output/disk");
      expect(readTree(root)).toEqual({});
    }
  });

  it("says what is wrong in the defaults that the cluster would have", async () => {
    for (const [text, problem] of [
      ["a: [", "clusters/defaults.yaml:1:5 error config/yaml-syntax"],
      ["istoi: {}\n", "clusters/defaults.yaml:1:1 error config/unknown-key"],
    ] as const) {
      const root = makeProject({ "clusters/defaults.yaml": text });
      const { code, stderr } = await init(root, ...anywhere);
      expect(code).toBe(1);
      expect(stderr).toContain(problem);
      expect(readTree(root)).toEqual({ "clusters/defaults.yaml": text });
    }
  });

  it("that fails in the middle leaves no file and no change behind", async () => {
    const tree = { ".gitattributes": "*.png binary\n", schema: "a file where a folder has to be\n" };
    const root = makeProject(tree);
    const { code, stderr } = await init(root, ...anywhere);
    expect(code).toBe(5);
    expect(stderr).toContain("The files are as they were.");
    expect(readTree(root)).toEqual(tree);
  });

  it("prints one document with --json", async () => {
    const outcome = await init(makeProject(), ...anywhere, "--json");
    expect(documentOf(outcome)).toMatchObject({
      command: "init",
      exitCode: 0,
      next: [expect.any(String), "npx meshfront lookup demo", expect.any(String)],
    });
  });
});

describe("init in a repository", () => {
  it("reads URL, branch and folder of the repository from Git", async () => {
    const root = repository({ "services/mesh/README.md": "" }, "git@github.com:acme/platform.git");
    const { code } = await init(join(root, "services/mesh"), ...where);
    expect(code).toBe(0);
    const text = fileOf(root, "services/mesh/clusters/demo.yaml");
    expect(text).toContain(
      "url: git@github.com:acme/platform.git\n  revision: trunk\n  path: services/mesh\n",
    );
    await expectSynthWorks(join(root, "services/mesh"));
  });

  it("never copies the password of a remote", async () => {
    const root = repository({}, "https://me:ghp_secret@github.com/acme/platform.git");
    await init(root, ...where);
    const tree = readTree(root);
    expect(tree["clusters/demo.yaml"]).toContain("url: https://github.com/acme/platform.git\n");
    for (const [path, text] of Object.entries(tree))
      if (!path.startsWith(".git/")) expect(text, path).not.toContain("ghp_secret");
  });

  it("asks for the URL where the remote is none that Argo CD could read", async () => {
    expect(await init(repository({}, "/srv/platform.git"), ...where)).toMatchObject({ code: 1 });
    expect(await init(repository({}, "/srv/platform.git"), ...anywhere)).toMatchObject({ code: 0 });
  });

  it("takes dist/ out of .gitignore, so that Git adds the output", async () => {
    const root = repository({ ".gitignore": "node_modules/\ndist/\nbuild/\n*.log" });
    mkdirSync(join(root, "mesh"));
    await init(join(root, "mesh"), ...where);
    expect(fileOf(root, ".gitignore")).toBe("node_modules/\ndist/\nbuild/\n*.log");
    expect(fileOf(root, "mesh/.gitignore")).toContain("!/dist/\n!/dist/**\n");
    await runMain(join(root, "mesh"), ["synth"]);
    git(root, "add", "--all");
    const added = git(root, "ls-files").split("\n");
    expect(added).toContain("mesh/dist/demo/applications/project.yaml");
    expect(added).toContain("mesh/dist/demo/inventory.json");
    expect(added.some((path) => path.includes("node_modules"))).toBe(false);
  });

  it("leaves what others keep in clusters/ alone, and adds to the package.json that npm reads", async () => {
    const flux = {
      "clusters/prod-seoul/flux-system/kustomization.yaml": "kind: Kustomization\n",
      "clusters/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n",
    };
    const before = {
      ...flux,
      "package.json": '{\n    "name": "platform",\n    "dependencies": { "x": "1.0.0" }\n}\n',
    };
    const root = repository(before);
    const { code } = await init(root, ...where);
    expect(code).toBe(0);
    expect(readTree(root)).toMatchObject(flux);
    expect(fileOf(root, "package.json")).toBe(
      `{\n    "name": "platform",\n    "dependencies": {\n        "x": "1.0.0"\n    },\n    "devDependencies": {\n        "meshfront": "${packageJson.version}"\n    }\n}\n`,
    );
    await expectSynthWorks(root);
  });

  it("adds to the package.json above a folder of a monorepo, and leaves a version alone that is there", async () => {
    const text = '{ "devDependencies": { "meshfront": "file:../meshfront.tgz" } }\n';
    const root = repository({ "package.json": text, "mesh/x": "" });
    const { stdout } = await init(join(root, "mesh"), ...where);
    expect(stdout).not.toContain("package.json");
    expect(fileOf(root, "package.json")).toBe(text);
  });

  it("says of a package.json that is no JSON how to add meshfront, and does the rest", async () => {
    const root = repository({ "package.json": "{ // comment\n}\n" });
    const { code, stderr } = await init(root, ...where);
    expect(code).toBe(0);
    expect(stderr).toContain(`npm install --save-dev --save-exact meshfront@${packageJson.version}`);
    expect(fileOf(root, "package.json")).toBe("{ // comment\n}\n");
  });

  it("writes a workflow where there is a .github/, and never over one", async () => {
    const root = repository({ ".github/dependabot.yml": "", "mesh/x": "" });
    await init(join(root, "mesh"), ...where);
    const workflow = fileOf(root, ".github/workflows/meshfront.yaml");
    expect(workflow).toContain('working-directory: "mesh"');
    writeTree(root, { ".github/workflows/meshfront.yaml": "mine\n" });
    await init(join(root, "mesh"), "--cluster", "stage", "--region", "eu-west-1");
    expect(fileOf(root, ".github/workflows/meshfront.yaml")).toBe("mine\n");
  });

  it("with --cdk8s also writes what `cdk8s synth` needs, in exact versions", async () => {
    const root = repository();
    await init(root, ...where, "--cdk8s");
    expect(fileOf(root, "cdk8s.yaml")).toContain("app: npx --no-install meshfront synth\noutput: .cdk8s\n");
    const { devDependencies } = JSON.parse(fileOf(root, "package.json"));
    for (const version of Object.values(devDependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Object.keys(devDependencies)).toEqual(["cdk8s", "cdk8s-cli", "constructs", "meshfront"]);
    expect(fileOf(root, ".gitignore")).toBe("node_modules/\n.cdk8s/\n");
  });
});

describe("init twice", () => {
  it("for one cluster never overwrites its file", async () => {
    const root = repository();
    await init(root, ...where);
    writeTree(root, { "clusters/demo.yaml": "cluster: { name: demo } # mine\n" });
    const before = readTree(root);
    const { code, stderr } = await init(root, ...where);
    expect(code).toBe(1);
    expect(stderr).toContain("clusters/demo.yaml error usage/cluster-exists");
    expect(readTree(root)).toEqual(before);
  });

  it("for two clusters makes a second one and changes nothing else", async () => {
    const root = repository();
    await init(root, ...where);
    const before = readTree(root);
    const { code, stdout } = await init(root, "--cluster", "stage", "--region", "eu-west-1");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^wrote clusters\/stage.yaml\nwrote clusters\/stage.lock.json\n\nNext:/);
    expect(readTree(root)).toMatchObject(before);
  });

  it("in a folder of a project says where the project is", async () => {
    const root = repository();
    await init(root, ...where);
    const { code, stderr } = await init(join(root, "clusters"), "--cluster", "b", "--region", "eu-west-1");
    expect(code).toBe(1);
    expect(stderr).toContain("usage/nested-project");
    expect(stderr).toContain(`meshfront init --chdir ${JSON.stringify(root)}`);
  });
});

it("examples answer what a changed cluster file asks, so that every change can be tried without AWS", async () => {
  const root = makeProject();
  await init(root, ...anywhere);
  const path = "clusters/demo.yaml";
  const internal =
    "  inner:\n    hosts: [b.example.org]\n    scheme: internal\n    webAcl: { name: edge }\n    certificate: { domain: b.example.org, keyAlgorithm: ecdsa }\n";
  writeTree(root, { [path]: fileOf(root, path).replace("ingresses:\n", `ingresses:\n${internal}`) });
  await expectSynthWorks(root);
  expect((await runMain(root, ["synth"])).stderr).not.toContain("facts/unused-answer");
});

it("an example that somebody calls looked up is an edited lock file", async () => {
  const root = makeProject();
  await init(root, ...anywhere);
  const path = "clusters/demo.lock.json";
  writeTree(root, { [path]: fileOf(root, path).replace("meshfront init", "meshfront lookup") });
  expect((await runMain(root, ["check"])).stderr).toContain("error facts/edited");
  rmSync(join(root, path));
  expect((await runMain(root, ["check"])).stderr).toContain("error facts/missing-lock");
});
