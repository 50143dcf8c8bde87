import { consequenceRules } from "../manifests/diff/consequences/index.ts";
import type { Explanation, Explanations } from "./explanation.ts";

/** What stands in the table of consequences says the source itself. */
function consequence(code: string, meaning: string, fix?: string): Explanation {
  const source = consequenceRules.find((rule) => rule.code === code)?.source;
  return {
    meaning,
    ...(fix !== undefined && { fix }),
    ...(source !== undefined && { sources: [source] }),
  };
}

export const diffExplanations: Explanations = {
  "diff/git": {
    meaning: "Git is missing, refuses the repository, or has no such revision: nothing can be compared.",
  },
  "diff/unreadable-file": {
    meaning: "A committed file holds no YAML objects, or is a link: what it changes cannot be told.",
  },
  "diff/moves-gateway": consequence(
    "diff/moves-gateway",
    "Another Application takes a gateway over, because one gateway becomes several or the reverse.",
    "Let go of the gateway before the push, see docs/how-to/add-a-gateway.md: Argo CD then takes it over as it is.",
  ),
  "diff/moves-node-port": consequence(
    "diff/moves-node-port",
    "A pin moves the NodePort of a gateway for all its doors; those in mode discovered learn of it later.",
    "Pin all doors of the gateway alike, or use `healthCheck.mode: named`, which follows at once.",
  ),
  "diff/replaces-load-balancer": consequence(
    "diff/replaces-load-balancer",
    "Another load balancer with another DNS name takes the place of the one that serves.",
    "Add the new door beside the old one, move the DNS names, then remove the old one. Between the AWS Load Balancer Controller and EKS Auto Mode: docs/how-to/eks-auto-mode.md.",
  ),
  "diff/deletes-load-balancer": consequence(
    "diff/deletes-load-balancer",
    "An Ingress goes, and its load balancer with it.",
    "Move the DNS names first.",
  ),
  "diff/protected-load-balancer": consequence(
    "diff/protected-load-balancer",
    "An Ingress goes whose load balancer is protected against deletion: it stays, and what waits for it.",
    "Set `deletion_protection.enabled` to `false` in `attributes`, let Argo CD sync that, and remove the door in a later commit. Where the deletion has begun, annotate the live Ingress with the command in the message.",
  ),
  "diff/new-load-balancer": consequence(
    "diff/new-load-balancer",
    "An Ingress comes, and a load balancer with it.",
  ),
  "diff/name-ignored": consequence(
    "diff/name-ignored",
    "Another name for a load balancer that lives has no effect.",
    "Put the old name back, or make a new door with the new one.",
  ),
  "diff/address-type": consequence(
    "diff/address-type",
    "The kind of addresses of a load balancer changes in place.",
  ),
  "diff/replaces-target-group": consequence(
    "diff/replaces-target-group",
    "Type or protocol of the targets changes, which a target group cannot change in place.",
  ),
  "diff/removes-cluster": consequence(
    "diff/removes-cluster",
    "A cluster's output goes as a whole. That takes nothing down: its Applications cannot read it any more.",
    "Delete the root Application first, see docs/how-to/remove-a-door.md.",
  ),
  "diff/moves-cluster": consequence(
    "diff/moves-cluster",
    "The Applications of a cluster get another destination: Istio and the doors are installed there, and what they deployed before stays where it is, without an owner.",
    "If that is meant, take the old cluster down first, as for its removal; otherwise restore `cluster.server` or `cluster.argocdName`.",
  ),
  "diff/moves-argocd": consequence(
    "diff/moves-argocd",
    "A cluster moves to another Argo CD: between one of your own and the EKS capability, or to one in another namespace. The old root is still there when this is merged, and does what it reads.",
    "Take the root, the children and their finalizers out of the old Argo CD before the merge, in the order of docs/how-to/eks-capability.md; apply the new root after it.",
  ),
  "diff/deletes-application": consequence(
    "diff/deletes-application",
    "A child Application goes, and by its finalizer everything that it deployed.",
  ),
  "diff/leaves-objects": consequence(
    "diff/leaves-objects",
    "Objects go from the output and stay in the cluster: their namespace or kind leaves the AppProject in the same commit, and Argo CD deletes only what that permits.",
    "Delete them by hand after the sync, or take them out in a commit before that of the namespace.",
  ),
  "diff/deletes": consequence("diff/deletes", "Objects go, and Argo CD deletes them from the cluster."),
  "diff/renames": consequence(
    "diff/renames",
    "An object goes, and one that looks like it comes under another name.",
  ),
  "diff/moves-application": consequence(
    "diff/moves-application",
    "An object goes from one Application to another, and the first may delete it after the second took it over.",
    "Take it out of the first in one commit, bring it into the second in the next, and expect a gap between them.",
  ),
  "diff/applied-by-hand": consequence(
    "diff/applied-by-hand",
    "A file in `argocd/` differs, and no Application syncs those.",
    "Apply it after the merge, see docs/how-to/apply-argocd.md. With the EKS capability it holds the project of all Applications, and the message says when: docs/how-to/eks-capability.md.",
  ),
  "diff/opens": consequence("diff/opens", "More people can reach what stands behind a door."),
  "diff/closes": consequence("diff/closes", "Fewer people can reach what stands behind a door."),
  "diff/takes-every-host": consequence(
    "diff/takes-every-host",
    "The Gateway takes the host `*`, so VirtualServices of any namespace may answer for any host.",
    "Name the hosts (`gateways.<key>.hosts`), or leave the key out: then they are those of its doors.",
  ),
  "diff/fewer-replicas": consequence(
    "diff/fewer-replicas",
    "Fewer replicas of istiod or of a gateway; with one replica there is no disruption budget.",
    "Make sure that the fewest bear the traffic, also while a node is drained.",
  ),
  "diff/security-groups": consequence(
    "diff/security-groups",
    "Security groups of your own come, go or change on a door: who may connect stands in AWS, and meshfront does not read it.",
    "Look at what the groups let in.",
  ),
  "diff/tls-policy": consequence(
    "diff/tls-policy",
    "Another TLS policy: other versions of TLS, other ciphers.",
  ),
  "diff/web-acl": consequence("diff/web-acl", "Another web ACL, or none named any more."),
  "diff/host-moves": consequence(
    "diff/host-moves",
    "A host is served by another load balancer from now on.",
    "Let the new door have a wildcard that covers it while DNS moves, see docs/how-to/remove-a-door.md.",
  ),
  "diff/host-gone": consequence(
    "diff/host-gone",
    "No load balancer of the cluster forwards a host any more.",
  ),
  "diff/host-new": consequence("diff/host-new", "A host is new: its DNS record is not meshfront's to write."),
  "diff/route-gone": consequence("diff/route-gone", "The last route of a host goes."),
  "diff/mesh-ca": consequence(
    "diff/mesh-ca",
    "istiod moves to another namespace, where it has no root certificate.",
  ),
  "diff/replaces-gateway": consequence(
    "diff/replaces-gateway",
    "Release name or namespace of the gateway changes, and with it every object of it.",
  ),
  "diff/istio-version": consequence(
    "diff/istio-version",
    "Istio skips a minor, or goes back.",
    "Go minor by minor, see docs/how-to/upgrade-istio.md.",
  ),
  "diff/rolls-istiod": consequence("diff/rolls-istiod", "The pods of istiod are replaced, or may be."),
  "diff/rolls-gateway": consequence("diff/rolls-gateway", "The pods of the gateway are replaced, or may be."),
  "diff/listeners": consequence("diff/listeners", "A port of a load balancer is closed."),
  "diff/certificate": consequence(
    "diff/certificate",
    "A load balancer serves other certificates, or another by default.",
  ),
  "diff/subnets": consequence("diff/subnets", "A load balancer stands in other subnets."),
  "diff/attribute-stays": consequence(
    "diff/attribute-stays",
    "An attribute is left out and keeps its value.",
    "Write its default instead of leaving it out.",
  ),
  "diff/health-check": consequence("diff/health-check", "The targets are asked otherwise whether they live."),
  "diff/health-check-mode": consequence(
    "diff/health-check-mode",
    "A door's `healthCheck.mode` changes: somebody else decides on the port from then on.",
  ),
  "diff/wave": consequence("diff/wave", "An object is applied earlier or later than before."),
  "diff/unordered": consequence(
    "diff/unordered",
    "One commit changes specs of Applications and contents of folders, and nothing orders these two.",
    "Make two commits where the contents need the new spec.",
  ),
  "diff/hook-program": consequence(
    "diff/hook-program",
    "The program that the hook and the recheck run is another one.",
  ),
  "diff/hook-runs": consequence("diff/hook-runs", "A PostSync hook runs with this change."),
  "diff/hook-waits": consequence("diff/hook-waits", "A hook changes, and nothing makes it run."),
};
