import type { Config } from "../config.ts";
import type { FleetRule } from "../finding.ts";
import { nameOfFile } from "../name-of-file.ts";
import { dnsLabel } from "../patterns.ts";

export const isNamedLikeItsFile = ({ file, cluster }: Config): boolean => nameOfFile(file) === cluster.name;

/** Of a copy that got no name of its own, nobody wants to hear that all of it is there twice. */
export const fileNameRule: FleetRule = {
  code: "cluster/file-name",
  severity: "error",
  check: (configs) =>
    configs
      .filter((config) => !isNamedLikeItsFile(config))
      .map((config) => {
        const { file, cluster } = config;
        const expected = nameOfFile(file);
        const original = configs.find((other) => other.file === `clusters/${cluster.name}.yaml`)?.file;
        const origin = original === undefined ? "" : `: it looks like a copy of ${original}`;
        return {
          config,
          path: ["cluster", "name"],
          message: `expected cluster.name to equal the file's name, ${expected}, found ${cluster.name}${origin}`,
          suggestion: advise(expected, cluster.name, original !== undefined),
        };
      }),
};

function advise(fileName: string, clusterName: string, isCopy: boolean): string {
  const isLabel = dnsLabel.regex.test(fileName);
  if (isCopy) {
    return isLabel
      ? `For a cluster of its own set cluster.name to ${fileName}; otherwise delete this file.`
      : "For a cluster of its own give the copy a name of its own, in its file name and in cluster.name; otherwise delete this file.";
  }
  const rename = `Rename the file to ${clusterName}.yaml`;
  return isLabel ? `${rename} or set cluster.name to ${fileName}.` : `${rename}.`;
}
