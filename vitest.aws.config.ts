import { defineConfig } from "vitest/config";

// `npm run test:aws`: `lookup` against moto, a server that speaks AWS's APIs (test/aws/moto-server.ts).
export default defineConfig({
  test: {
    include: ["test/aws/**/*.aws.ts"],
    globalSetup: "test/commands/build.ts",
    environment: "node",
    // The tests use the SDK to fill the account.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    // The first run installs moto.
    hookTimeout: 300_000,
    testTimeout: 60_000,
    fileParallelism: false,
  },
});
