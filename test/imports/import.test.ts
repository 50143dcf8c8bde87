// `npm run import` where it fails: with a stand-in for the go command, the one thing outside.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { modules } from "../../tools/import/sources.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const imports = join(root, "imports");

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "meshfront-import-test-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** `npm run import` with a go command that runs these lines of sh. */
function runImport(goScript: string) {
  const go = join(folder, "go");
  writeFileSync(go, `#!/bin/sh\n${goScript}\n`);
  chmodSync(go, 0o755);
  const script = join(root, "tools/import/import.mjs");
  const { status, stderr } = spawnSync(process.execPath, [script], {
    env: { PATH: folder },
    encoding: "utf8",
  });
  const lines = stderr.split("\n").filter((line) => line !== "" && !line.startsWith("downloading "));
  return { status, lines };
}

/** A module in which each of these files has this text. */
function moduleWith(files: Readonly<Record<string, string>>): string {
  const module = mkdtempSync(join(folder, "module-"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(module, file)), { recursive: true });
    writeFileSync(join(module, file), text);
  }
  return `echo '{ "Dir": "${module}" }'`;
}

function digestOfImports(): string {
  const hash = createHash("sha256");
  for (const file of readdirSync(imports, { recursive: true, encoding: "utf8" }).sort()) {
    hash.update(file);
    if (statSync(join(imports, file)).isFile()) hash.update(readFileSync(join(imports, file)));
  }
  return hash.digest("hex");
}

const applicationCrd = "manifests/crds/application-crd.yaml";
const where = `of ${modules.argocd.path} ${modules.argocd.version}`;

describe("npm run import", () => {
  it.each([
    ["nothing answers", "dial tcp 192.0.2.1:443: connect: connection refused"],
    ["the network is switched off", "module lookup disabled by GOPROXY=off"],
  ])("is not run, says so in one line and ends with 75 where %s", (_, error) => {
    const { status, lines } = runImport(`echo '{ "Error": "${error}" }'; exit 1`);
    expect(status).toBe(75);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^npm run import: not run: go mod download -json \S+@v\S+: exit code 1/);
    expect(lines[0]).toContain(error);
  });

  it("fails where a module is not there", () => {
    const { status, lines } = runImport(`echo '{ "Error": "unknown revision v3.5.7" }'; exit 1`);
    expect(status).toBe(1);
    expect(lines.join()).toContain("unknown revision v3.5.7");
  });

  it.each([
    ["a module lacks a file", {}, `Expected ${applicationCrd} in ${where.slice(3)}; there is no such file.`],
    [
      "a file has no CRD",
      { [applicationCrd]: "a: b\n" },
      `Expected a CustomResourceDefinition of Application in argoproj.io; ${applicationCrd} ${where} has none.`,
    ],
  ])("fails with one sentence, and leaves imports/ as it is, where %s", (_, files, message) => {
    const before = digestOfImports();
    const { status, lines } = runImport(moduleWith(files));
    expect({ status, lines }).toEqual({ status: 1, lines: [message] });
    expect(digestOfImports()).toBe(before);
  });
});
