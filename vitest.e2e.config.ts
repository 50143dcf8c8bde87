import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/e2e/**/*.e2e.ts"],
    globalSetup: ["test/e2e/global-setup.ts"],
    environment: "node",
    pool: "forks",
    // Each file has a bed of its own, of about 1 GB, which mostly waits.
    maxWorkers: 2,
    reporters: ["verbose"],
    disableConsoleIntercept: true,
    hookTimeout: 180_000,
    testTimeout: 300_000,
    teardownTimeout: 30_000,
  },
});
