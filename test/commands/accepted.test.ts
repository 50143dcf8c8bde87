// `accept[]` and `--strict`: a warning that somebody looked at is not shown again, and what nobody accepted can fail.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Tree } from "../manifests/output-tree.ts";
import { clusterFile, runMain, writtenProject } from "./program.ts";

const service = { name: "kiali", namespace: "istio-system", port: 20001 };
const routes = [{ name: "kiali", hosts: ["web.demo.example.com"], ingress: "web", service }];
const ofConsole = { code: "alb/open-console", path: "routes[0]", reason: "It has a log-in of its own." };

/** A console that the world can reach, which is a warning. */
const withConsole = (accept: readonly object[], name = "demo"): Tree =>
  clusterFile(name, ["web"], {
    routes: routes.map((route) => ({ ...route, hosts: [`web.${name}.example.com`] })),
    ...(accept.length > 0 && { accept }),
  });

describe("a warning", () => {
  it("fails with --strict in synth, check and diff, and synth writes nothing then", async () => {
    const root = writtenProject(withConsole([]));
    for (const command of ["synth", "check", "diff"]) {
      expect((await runMain(root, [command])).code, command).toBe(0);
      expect((await runMain(root, [command, "--strict"])).code, command).toBe(1);
    }
  });

  it("that is accepted is not shown, and --strict does not fail for it", async () => {
    const root = writtenProject(withConsole([{ code: ofConsole.code, reason: ofConsole.reason }]));
    for (const command of ["synth", "check", "diff"]) {
      const { code, stderr } = await runMain(root, [command, "--strict"]);
      expect({ code, stderr }, command).toEqual({ code: 0, stderr: expect.not.stringContaining("warning") });
    }
  });

  it("of another path or another cluster is shown all the same", async () => {
    const elsewhere = writtenProject(withConsole([{ ...ofConsole, path: "routes[1]" }]));
    expect((await runMain(elsewhere, ["synth"])).stderr).toContain("warning alb/open-console");
    const two = writtenProject(
      withConsole([{ code: ofConsole.code, reason: "seen" }]),
      withConsole([], "north"),
    );
    const { stderr } = await runMain(two, ["synth"]);
    expect(stderr.match(/^\S+ warning alb\/open-console/gm)).toEqual([
      expect.stringMatching(/^clusters\/north\.yaml/),
    ]);
  });

  it("that defaults.yaml accepts is accepted in every cluster, beside what a file accepts", async () => {
    const root = writtenProject(
      withConsole([{ code: "hook/recheck-off", reason: "to be seen" }]),
      withConsole([], "north"),
    );
    writeFileSync(
      join(root, "clusters/defaults.yaml"),
      "accept: [{ code: alb/open-console, reason: seen }, { code: istio/plain-http-charts, reason: x }]\n",
    );
    const { stderr } = await runMain(root, ["check"]);
    const warnings = stderr.match(/^\S+ warning .*/gm);
    expect(warnings).toEqual([
      "clusters/defaults.yaml:1:52 warning config/unused-acceptance: expected the warning istio/plain-http-charts, which is accepted here, found none",
      expect.stringMatching(
        /^clusters\/demo\.yaml:\S+ warning config\/unused-acceptance: .* hook\/recheck-off/,
      ),
    ]);
  });
});

describe("an entry", () => {
  it.each([
    ["alb/host-twice", "an error can only be mended"],
    ["alb/open-consol", "Did you mean alb/open-console?"],
  ])("with the code %s is an error", async (code, says) => {
    const root = writtenProject(withConsole([]));
    writeFileSync(join(root, "clusters/defaults.yaml"), `accept: [{ code: ${code}, reason: because }]\n`);
    const { code: exitCode, stderr } = await runMain(root, ["check"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("clusters/defaults.yaml:1:12 error config/accept: ");
    expect(stderr).toContain(says);
  });
});
