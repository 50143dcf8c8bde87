// Debian's Chromium, driven by Playwright. Without one on the PATH these tests say so and are skipped.
import { spawnSync } from "node:child_process";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";

const names = ["chromium", "chromium-browser", "google-chrome"];

const executablePath = names
  .map((name) => spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).stdout.trim())
  .find((path) => path !== "");

if (executablePath === undefined)
  process.stderr.write(`not run: none of ${names.join(", ")} is on the PATH (apt-get install chromium)\n`);

/** A group of tests with a browser of its own, as `browser()` gives it. */
export function inBrowser(title: string, tests: (browser: () => Browser) => void): void {
  describe.skipIf(executablePath === undefined)(title, () => {
    let started: Browser | undefined;
    beforeAll(async () => {
      // Root, as which containers run, has no sandbox.
      const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
      started = await chromium.launch({ executablePath: executablePath ?? "", args });
    });
    afterAll(() => started?.close());
    tests(() => {
      if (started === undefined) throw new Error("the browser has not started");
      return started;
    });
  });
}
