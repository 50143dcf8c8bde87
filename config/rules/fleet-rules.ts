import { childName, children } from "../children.ts";
import type { Config, IngressConfig } from "../config.ts";
import type { FleetRule } from "../finding.ts";

/** Pairs each item with the first earlier one that has the same key and clashes with it. */
function duplicates<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  clash: (a: T, b: T) => boolean = () => true,
): { readonly first: T; readonly second: T }[] {
  const seen = new Map<string, T[]>();
  const pairs: { first: T; second: T }[] = [];
  for (const item of items) {
    const earlier = seen.get(keyOf(item)) ?? [];
    const first = earlier.find((other) => clash(other, item));
    // What clashes is not kept: one of the earlier ones speaks for it, and the list stays short.
    if (first === undefined) seen.set(keyOf(item), [...earlier, item]);
    else pairs.push({ first, second: item });
  }
  return pairs;
}

interface Door {
  readonly config: Config;
  readonly ingress: IngressConfig;
}

/** A cluster without an account may be in any. */
const inOneAccount = (a: Door, b: Door): boolean => {
  const [x, y] = [a.config.cluster.account, b.config.cluster.account];
  return x === undefined || y === undefined || x === y;
};

/** Names of the objects that clusters put into Argo CD's namespace, where they must not meet. */
const argocdObjects = (config: Config): readonly string[] => {
  const { name } = config.cluster;
  return [
    ...["", "-root"].map((suffix) => `AppProject ${name}${suffix}`),
    ...["root", ...children(config).map((child) => child.name)].map(
      (child) => `Application ${childName(config, child)}`,
    ),
  ];
};

/**
 * The cluster that the children of one file go to, where its name says which one that is. Argo CD's own cluster has the
 * same name in each Argo CD, and there may be one in every cluster.
 */
function remoteCluster({ cluster: { destination } }: Config): string | undefined {
  const name = "server" in destination ? destination.server : destination.name;
  return ["https://kubernetes.default.svc", "in-cluster"].includes(name) ? undefined : name;
}

const destinationKey = ({ cluster: { destination } }: Config): string =>
  "server" in destination ? "server" : "argocdName";

export const fleetRules: readonly FleetRule[] = [
  {
    code: "argocd/clusters-disagree",
    severity: "error",
    check: (configs) =>
      (["namespace", "version", "healthChecks"] as const).flatMap((key) => {
        const [first, ...rest] = configs;
        return rest
          .filter((config) => String(config.argocd[key]) !== String(first?.argocd[key]))
          .map((config) => ({
            config,
            path: ["argocd", key],
            message: `expected argocd.${key} to be the same in all clusters, found ${config.argocd[key]} here and ${first?.argocd[key]} in ${first?.file}`,
            suggestion:
              "argocd/argocd-cm.yaml is one file for all of them: set it in clusters/defaults.yaml.",
          }));
      }),
  },
  {
    code: "argocd/destination-twice",
    severity: "error",
    check: (configs) => {
      const remote = configs.filter((config) => remoteCluster(config) !== undefined);
      return duplicates(remote, (config) => remoteCluster(config) ?? "").map(({ first, second }) => ({
        config: second,
        path: ["cluster", destinationKey(second)],
        message: `expected a cluster that no other file is about, found that of ${first.file}: two sets of Applications would take the same objects from each other`,
        suggestion: "One file describes one cluster: put its doors and routes into one of the two.",
      }));
    },
  },
  {
    code: "alb/name-twice",
    severity: "error",
    check: (configs) => {
      const doors = configs.flatMap((config) => config.ingresses.map((ingress) => ({ config, ingress })));
      const scope = ({ config: { cluster }, ingress }: Door) => `${cluster.region}/${ingress.name}`;
      return duplicates(doors, scope, inOneAccount).map(({ first, second }) => ({
        config: second.config,
        path: ["ingresses", second.ingress.key, "name"],
        message: `the load balancer name ${second.ingress.name} is used by ${first.config.file} (ingresses.${first.ingress.key}) as well: names are unique per account and region`,
        suggestion: "Set `name` of one of them, or cluster.account where the accounts differ.",
      }));
    },
  },
  {
    code: "argocd/name-twice",
    severity: "error",
    check: (configs) => {
      const names = configs.flatMap((config) => argocdObjects(config).map((name) => ({ config, name })));
      return duplicates(names, ({ name }) => name).map(({ first, second }) => ({
        config: second.config,
        path: ["cluster", "name"],
        message: `the ${second.name} would be written for ${first.config.cluster.name} and for ${second.config.cluster.name}`,
        suggestion: "Rename the cluster or the key of the ingress.",
      }));
    },
  },
];
