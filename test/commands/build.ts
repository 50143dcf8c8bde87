// Before the tests of the program: `npm run build`, so that what they run is what the sources say.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export default function build(): void {
  execFileSync(process.execPath, ["tools/build.mjs"], {
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
  });
}
