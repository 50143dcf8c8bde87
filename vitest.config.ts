import { defineConfig } from "vitest/config";

/** Tests that run the bundle as a process. It is built first, and only for them: nobody tests a stale one. */
const ofTheProgram = ["test/commands/**/*.test.ts", "test/cdk8s/**/*.test.ts"];

/** Loading cdk8s again for each file would take as long as the tests themselves; none of them needs a fresh module. */
const isolate = false;

export default defineConfig({
  test: {
    projects: [
      { test: { name: "stages", include: ["test/**/*.test.ts"], exclude: ofTheProgram, isolate } },
      { test: { name: "program", include: ofTheProgram, isolate, globalSetup: "test/commands/build.ts" } },
    ],
  },
});
