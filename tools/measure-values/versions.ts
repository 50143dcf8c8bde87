import { parseIstioVersion } from "../../config/istio-versions.ts";

/** `1.31` of `1.31.4`. */
export const minorOf = (version: string): string => {
  const { major, minor } = parseIstioVersion(version);
  return `${major}.${minor}`;
};

/** Of several patches of a minor only the newest is kept. */
export const withNewest = (versions: readonly string[], version: string): readonly string[] =>
  [...versions.filter((each) => minorOf(each) !== minorOf(version)), version].sort(
    (a, b) => parseIstioVersion(a).minor - parseIstioVersion(b).minor,
  );
