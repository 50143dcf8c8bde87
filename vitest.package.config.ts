import { defineConfig } from "vitest/config";

// `npm run test:package`: what `npm pack` makes, installed as people install it, on each Node that is supported.
export default defineConfig({
  test: {
    include: ["test/package/**/*.package.ts"],
    environment: "node",
    // The first run installs Node 18, 22 and 24, which come as packages.
    hookTimeout: 300_000,
    testTimeout: 300_000,
    fileParallelism: false,
    reporters: ["verbose"],
  },
});
