// Stage 1: what config/schema.ts asks of several keys together. By name and not in place, because the bundle's
// acceptor (acceptor.ts), which knows no closures, calls the same functions.

type Keys = object;

const has = (value: Keys, key: string): boolean => Object.hasOwn(value, key);

const exactlyOne =
  (...keys: readonly string[]) =>
  (value: Keys): boolean =>
    keys.filter((key) => has(value, key)).length === 1;

const oneOfIdAndTags = exactlyOne("id", "tags");
const oneOfDomainAndArn = exactlyOne("domain", "arn");
const oneOfIdsAndTags = exactlyOne("ids", "tags");
const oneOfArnAndName = exactlyOne("arn", "name");

const notEmpty = (map: Keys): boolean => Object.keys(map).length > 0;

const notServerAndName = (value: Keys): boolean => !(has(value, "server") && has(value, "argocdName"));

const noAlgorithmBesideArn = (value: Keys): boolean => !(has(value, "arn") && has(value, "keyAlgorithm"));

const minNotAboveMax = ({ min, max }: { readonly min: number; readonly max: number }): boolean => min <= max;

interface HealthCheck {
  readonly mode: string;
  readonly nodePort?: number | undefined;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
}

const nodePortWithPinned = ({ mode, nodePort }: HealthCheck): boolean =>
  (mode === "pinned") === (nodePort !== undefined);

/** AWS refuses the target group otherwise. */
const intervalAboveTimeout = ({ intervalSeconds, timeoutSeconds }: HealthCheck): boolean =>
  intervalSeconds > timeoutSeconds;

export const refinements = {
  oneOfIdAndTags,
  oneOfDomainAndArn,
  oneOfIdsAndTags,
  oneOfArnAndName,
  notEmpty,
  notServerAndName,
  noAlgorithmBesideArn,
  minNotAboveMax,
  nodePortWithPinned,
  intervalAboveTimeout,
};
