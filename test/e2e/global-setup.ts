// Before all files: the programs of the test bed, once for all workers.
import type { TestProject } from "vitest/node";
import { NOT_RUN, Unavailable } from "../../tools/go-toolchain.mjs";
import { type Binaries, findOrBuildBinaries } from "./binaries.ts";

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
    if (!(error instanceof Unavailable)) throw error;
    progress(`not run: ${error.message}`);
    if (process.env.CI) process.exit(NOT_RUN);
    project.provide("binaries", error.message); // all tests are skipped
  }
}
