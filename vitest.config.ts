import { defineConfig } from "vitest/config";

/** Tests that run the bundle as a process. It is built first, and only for them: nobody tests a stale one. */
const ofTheProgram = ["commands", "action", "cdk8s", "library"].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

/** Loading cdk8s again for each file would take as long as the tests themselves; none of them needs a fresh module. */
const isolate = false;

/** Only what hangs runs into it: a busy machine takes ten times as long as an idle one. */
const testTimeout = 60_000;

/** Tests are offline, and every process that they start would read the certificates that are named there. */
const env = { NODE_EXTRA_CA_CERTS: "" };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "stages",
          include: ["test/**/*.test.ts"],
          exclude: ofTheProgram,
          isolate,
          testTimeout,
          env,
        },
      },
      {
        test: {
          name: "program",
          include: ofTheProgram,
          isolate,
          testTimeout,
          env,
          globalSetup: "test/commands/build.ts",
        },
      },
    ],
  },
});
