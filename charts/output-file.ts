import { Chart } from "cdk8s";
import type { Construct } from "constructs";

/** One cdk8s chart is one output file. */
export class OutputFile extends Chart {
  /** Path below the project root, for example `dist/demo/gateway/gateway.yaml`. */
  readonly path: string;

  constructor(scope: Construct, path: string) {
    // Every object has an explicit name: without hashes nothing moves when a chart does.
    super(scope, path, { disableResourceNameHashes: true });
    this.path = path;
  }
}

/** By the path: cdk8s makes every chart an instance of every subclass of Chart (Chart's Symbol.hasInstance). */
export const isOutputFile = (construct: object): construct is OutputFile => "path" in construct;
