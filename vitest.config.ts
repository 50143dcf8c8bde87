import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Golden files are accepted by a person: `npm test -- -u` after reading the diff, never in CI.
    environment: "node",
  },
});
