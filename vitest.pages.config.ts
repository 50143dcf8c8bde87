import { defineConfig } from "vitest/config";

// `npm run test:pages`: pictures and pages in a real browser (test/pages/browser.ts).
export default defineConfig({
  test: {
    include: ["test/pages/**/*.pages.ts"],
    environment: "node",
    hookTimeout: 120_000,
    testTimeout: 120_000,
    fileParallelism: false,
    reporters: ["verbose"],
  },
});
