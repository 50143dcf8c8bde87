import { groupBy } from "../../core/group-by.ts";
import { listed } from "../../core/listed.ts";
import { childName, children } from "../children.ts";
import type { Config, IngressConfig } from "../config.ts";
import type { FleetRule } from "../finding.ts";
import { fileNameRule, isNamedLikeItsFile } from "./file-name-rules.ts";

/** The groups of two or more items with one key: each is one finding, however many items it has. */
const repeated = <T>(items: readonly T[], keyOf: (item: T) => string): readonly Repeated<T>[] =>
  [...groupBy(items, keyOf).values()].flatMap(([first, second, ...more]) =>
    first === undefined || second === undefined ? [] : [{ first, second, all: [first, second, ...more] }],
  );

interface Repeated<T> {
  readonly first: T;
  readonly second: T;
  readonly all: readonly T[];
}

interface Door {
  readonly config: Config;
  readonly ingress: IngressConfig;
}

/** A cluster without an account may be in any, so that its doors are in one with all of the same name. */
function doorsOfOneName(doors: readonly Door[]): readonly Repeated<Door>[] {
  const nameInRegion = ({ config: { cluster }, ingress }: Door) => `${cluster.region}/${ingress.name}`;
  return repeated(doors, nameInRegion).flatMap((group) => {
    const isAnywhere = group.all.some(({ config }) => config.cluster.account === undefined);
    return isAnywhere ? [group] : repeated(group.all, ({ config }) => config.cluster.account ?? "");
  });
}

/** Names of the objects that clusters put into Argo CD's namespace, where they must not meet. */
const argocdObjects = (config: Config): readonly string[] => {
  const { name } = config.cluster;
  const projects = config.argocd.managedBy === "eks" ? [""] : ["", "-root"];
  return [
    ...projects.map((suffix) => `AppProject ${name}${suffix}`),
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

/** One Argo CD that deploys to other clusters has one cluster of its own; where none is remote, each may have its own. */
const defaultsOfHub = (configs: readonly Config[]) =>
  repeated(
    configs.filter((config) => remoteCluster(config) === undefined),
    () => "own",
  ).map(({ second, all }) => ({
    config: second,
    path: ["cluster", "server"],
    message: `expected cluster.server or cluster.argocdName in all files but one, because other files name a remote cluster, found none in ${listed(all.map(({ file }) => file))}: all of them would be installed into Argo CD's own cluster`,
    suggestion: "Set cluster.server to the API server as Argo CD knows it (`argocd cluster list`).",
  }));

const destinationKey = ({ cluster: { destination } }: Config): string =>
  "server" in destination ? "server" : "argocdName";

/** `3.4 in clusters/a.yaml and clusters/b.yaml; 3.5 in clusters/c.yaml` */
const valuesByFile = (groups: ReadonlyMap<string, readonly Config[]>): string =>
  [...groups].map(([value, configs]) => `${value} in ${listed(configs.map(({ file }) => file))}`).join("; ");

function objectNameFindings(configs: readonly Config[]) {
  const names = configs.flatMap((config) => argocdObjects(config).map((name) => ({ config, name })));
  return repeated(names, ({ name }) => name).map(({ second, all }) => ({
    config: second.config,
    path: ["cluster", "name"],
    message: `the ${second.name} would be written for ${listed(all.map(({ config }) => config.cluster.name))}`,
    suggestion: "Rename the cluster or the key of the ingress.",
  }));
}

/** A repository may serve two Argo CDs, one of them the EKS capability, while it moves: the ConfigMap is one for both. */
const ofAll = (configs: readonly Config[]) => [configs];
const ofEachArgocd = (configs: readonly Config[]) => [
  ...groupBy(configs, ({ argocd }) => argocd.managedBy).values(),
];

const inOneConfigMap = "argocd/argocd-cm.yaml is one file for all of them";

const comparedKeys = [
  {
    key: "namespace",
    of: ofAll,
    textOf: ({ argocd }: Config) => argocd.namespace,
    reason: inOneConfigMap,
  },
  {
    key: "version",
    of: ofEachArgocd,
    textOf: ({ argocd }: Config) => argocd.version,
    reason: "One Argo CD reads them all",
  },
  {
    key: "healthChecks",
    of: ofAll,
    textOf: ({ argocd }: Config) => String(argocd.healthChecks),
    reason: inOneConfigMap,
  },
  {
    key: "clusterName",
    of: ofEachArgocd,
    textOf: ({ argocd }: Config) => Object.values(argocd.ownCluster).join(),
    reason: "Their roots are in one Argo CD",
  },
] as const;

/** Of the files that one Argo CD reads: a name or address that another one knows says nothing here. */
function destinationFindings(configs: readonly Config[]) {
  const remote = configs.filter((config) => remoteCluster(config) !== undefined);
  const shared = repeated(remote, (config) => remoteCluster(config) ?? "").map(({ second, all }) => ({
    config: second,
    path: ["cluster", destinationKey(second)],
    message: `expected a cluster that one file is about, found ${remoteCluster(second)} in ${listed(all.map(({ file }) => file))}: several sets of Applications would take the same objects from each other`,
    suggestion: "One file describes one cluster: put its doors and routes into one of them.",
  }));
  return remote.length === 0 ? shared : [...shared, ...defaultsOfHub(configs)];
}

const comparisons: readonly FleetRule[] = [
  {
    code: "argocd/clusters-disagree",
    severity: "error",
    check: (configs) =>
      comparedKeys.flatMap(({ key, of, textOf, reason }) =>
        of(configs).flatMap((ofOne) => {
          const groups = groupBy(ofOne, textOf);
          const [, [differing] = []] = [...groups.values()];
          if (differing === undefined) return [];
          return [
            {
              config: differing,
              path: ["argocd", key],
              message: `expected argocd.${key} to be the same in all clusters, found ${valuesByFile(groups)}`,
              suggestion: `${reason}: set it in clusters/defaults.yaml.`,
            },
          ];
        }),
      ),
  },
  {
    code: "argocd/destination-twice",
    severity: "error",
    check: (configs) => ofEachArgocd(configs).flatMap(destinationFindings),
  },
  {
    code: "alb/name-twice",
    severity: "error",
    check: (configs) => {
      const doors = configs.flatMap((config) => config.ingresses.map((ingress) => ({ config, ingress })));
      return doorsOfOneName(doors).map(({ second, all }) => ({
        config: second.config,
        path: ["ingresses", second.ingress.key, "name"],
        message: `the load balancer name ${second.ingress.name} stands in ${listed(all.map(({ config, ingress }) => `${config.file} (ingresses.${ingress.key})`))}: names are unique per account and region`,
        suggestion: "Set `name` of all but one, or cluster.account where the accounts differ.",
      }));
    },
  },
  {
    code: "argocd/name-twice",
    severity: "error",
    check: objectNameFindings,
  },
];

/** A cluster that is called otherwise than its file is compared with no other: it is not known which of the two is meant. */
export const fleetRules: readonly FleetRule[] = [
  fileNameRule,
  ...comparisons.map((rule) => ({
    ...rule,
    check: (configs: readonly Config[]) => rule.check(configs.filter(isNamedLikeItsFile)),
  })),
];
