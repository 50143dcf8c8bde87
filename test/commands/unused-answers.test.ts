// What nothing asks AWS any more: `synth` forgets it, `check` warns.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { goldenProject, runMain } from "./program.ts";

/** A project whose only host has another certificate now, one that needs no look-up. */
function projectWithUnusedAnswer(): string {
  const root = goldenProject();
  const file = join(root, "clusters/demo.yaml");
  const arn = "arn:aws:acm:ap-northeast-2:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000001";
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(/certificate: .*/, `certificate: { arn: "${arn}" }`),
  );
  return root;
}

const answersIn = (root: string): readonly string[] => {
  const lock = JSON.parse(readFileSync(join(root, "clusters/demo.lock.json"), "utf8")) as { answers: object }; // ours
  return Object.keys(lock.answers);
};

it("`synth` drops it from the lock file, offline, and says so in one line", async () => {
  const root = projectWithUnusedAnswer();
  const { code, stderr } = await runMain(root, ["synth"]);
  expect(code).toBe(0);
  expect(stderr).toContain(
    "drop certificate:app.example.com from clusters/demo.lock.json (nothing asks for it)\n",
  );
  expect(answersIn(root)).toEqual(["subnets:public", "vpc"]);
  expect(await runMain(root, ["check"])).toMatchObject({ code: 0 });
});

it("`synth --dry-run` says so and leaves the file", async () => {
  const root = projectWithUnusedAnswer();
  const { stdout } = await runMain(root, ["synth", "--dry-run"]);
  expect(stdout).toContain("drop certificate:app.example.com from clusters/demo.lock.json");
  expect(answersIn(root)).toContain("certificate:app.example.com");
});

it("`synth --json` lists what it drops", async () => {
  const { stdout } = await runMain(projectWithUnusedAnswer(), ["synth", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    dropped: [{ path: "clusters/demo.lock.json", answers: ["certificate:app.example.com"] }],
  });
});

it("`check` warns in one line, and it is no difference", async () => {
  const root = projectWithUnusedAnswer();
  const lock = readFileSync(join(root, "clusters/demo.lock.json"));
  await runMain(root, ["synth"]);
  writeFileSync(join(root, "clusters/demo.lock.json"), lock);
  const { code, stderr } = await runMain(root, ["check"]);
  expect(code).toBe(0);
  expect(stderr).toContain("warning facts/unused-answer: expected answers that the configuration asks for");
});
