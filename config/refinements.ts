// Stage 1: what config/schema.ts asks of several keys together. By name and not in place, because the bundle's
// acceptor (acceptor.ts), which knows no closures, calls the same functions.

const count = (value: object, keys: readonly string[]): number =>
  keys.filter((key) => Object.hasOwn(value, key)).length;

const exactlyOne =
  (...keys: readonly string[]) =>
  (value: object): boolean =>
    count(value, keys) === 1;

const atMostOne =
  (...keys: readonly string[]) =>
  (value: object): boolean =>
    count(value, keys) <= 1;

const oneOfIdAndTags = exactlyOne("id", "tags");
const oneOfDomainAndArn = exactlyOne("domain", "arn");
const oneOfIdsAndTags = exactlyOne("ids", "tags");
const oneOfArnAndName = exactlyOne("arn", "name");

const notServerAndName = atMostOne("server", "argocdName");
const noAlgorithmBesideArn = atMostOne("arn", "keyAlgorithm");

const notEmpty = (map: object): boolean => Object.keys(map).length > 0;

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
