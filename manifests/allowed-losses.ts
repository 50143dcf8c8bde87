// Stage 4, pure: what a person allowed to go, by name: `--allow-removal[=NAME]`, `--allow-replacement[=NAME]`.

import { listed } from "../core/listed.ts";
import type { Problem } from "../core/problem.ts";
import { didYouMean } from "../core/suggest.ts";
import { type Loss, lossCluster, lossDoor } from "./removal-guard.ts";

/** The names given with an option, an empty one where it was given alone; undefined where it was not given. */
export type Allowed = readonly string[] | undefined;

export const isAllowed = (loss: Loss, allowed: Allowed): boolean =>
  allowed?.some((name) => name === "" || namesOf(loss).includes(name)) === true;

/** The clearest first: `<cluster>/<door>`, the door's key, the Application's name, the cluster's. */
export function namesOf(loss: Loss): readonly string[] {
  const [cluster, door] = [lossCluster(loss), lossDoor(loss)];
  const doorNames = door === undefined ? [] : [`${cluster}/${door}`, door];
  return [...doorNames, ...applicationOf(loss, cluster), cluster];
}

/** Itself, or the one that syncs its folder. */
function applicationOf(loss: Loss, cluster: string): readonly string[] {
  if ("identity" in loss && loss.identity.startsWith("argoproj.io/"))
    return loss.identity.split("/").slice(-1);
  const [top, , folder, file] = loss.path.split("/");
  return top === "dist" && folder !== undefined && file !== undefined ? [`${cluster}-${folder}`] : [];
}

/** Names that allow nothing, or that several clusters have. */
export function allowedNameProblems(
  option: string,
  allowed: Allowed,
  losses: readonly Loss[],
): readonly Problem[] {
  return (allowed ?? []).flatMap((name) => {
    if (name === "") return [];
    const meant = losses.filter((loss) => namesOf(loss).includes(name));
    const clusters = [...new Set(meant.map(lossCluster))];
    const isDoorOfSeveral = clusters.length > 1;
    if (meant.length > 0 && !isDoorOfSeveral) return [];
    const known = [...new Set(losses.flatMap((loss) => namesOf(loss)[0] ?? []))];
    const found = isDoorOfSeveral ? `${name}, which ${listed(clusters)} have` : name;
    const suggestion =
      known.length === 0
        ? "Leave it out: nothing would go."
        : isDoorOfSeveral
          ? `Write ${clusters.map((cluster) => `--${option}=${cluster}/${name}`).join(" or ")}.`
          : (didYouMean(name, known) ?? `What would go: ${listed(known)}.`);
    return [
      {
        code: "usage/arguments",
        severity: "error",
        message: `expected --${option} with the name of something that would go, found ${found}`,
        suggestion,
      },
    ];
  });
}
