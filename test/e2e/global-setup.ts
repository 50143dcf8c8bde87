// Before all files: the programs of the test bed, once for all workers.
import type { TestProject } from "vitest/node";
import { type Binaries, findOrBuildBinaries, Unavailable } from "./binaries.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A text: why there is no test bed on this machine. */
    binaries: Binaries | string;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  const progress = (line: string) => console.error(`test bed: ${line}`);
  try {
    project.provide("binaries", await findOrBuildBinaries(progress));
  } catch (error) {
    // Where a person works without Go the other tests still count; in CI a skipped proof is no proof.
    if (!(error instanceof Unavailable) || process.env.CI) throw error;
    progress(`SKIPPED: ${error.message}`);
    project.provide("binaries", error.message);
  }
}
