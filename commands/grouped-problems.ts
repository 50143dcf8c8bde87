// Problems as people read them: what is the same in several cluster files is said once, with all of its places.
import { nameOfFile } from "../config/name-of-file.ts";
import { count } from "../core/count.ts";
import type { Problem } from "../core/problem.ts";
import { sameButName, withoutName } from "../core/same-but-name.ts";

export interface GroupedProblem {
  /** As it is in the first file. */
  readonly problem: Problem;
  /** Where else, in a line; undefined for one that is in no other file. */
  readonly elsewhere: string | undefined;
}

export function groupProblems(problems: readonly Problem[]): readonly GroupedProblem[] {
  const groups = sameButName(problems, clusterOf, ({ file: _, line: __, column: ___, ...rest }, cluster) =>
    withoutName(JSON.stringify(rest), cluster),
  );
  return groups.map(({ items: [problem, ...others] }) => ({
    problem,
    elsewhere:
      others.length === 0
        ? undefined
        : `The same in ${count(others.length, "more file")}: ${others.map(placeOf).join(", ")}`,
  }));
}

/** That a file in a folder of clusters is about. */
function clusterOf({ file = "" }: Problem): string | undefined {
  const [, ofFile, ofFolder] =
    /^(?:clusters\/([^/]+?)(?:\.lock\.json|\.yaml)|dist\/([^/]+)(?:\/.*)?)$/.exec(file) ?? [];
  const name = ofFile ?? ofFolder;
  return name === undefined || name === "defaults" ? undefined : nameOfFile(name);
}

const placeOf = ({ file, line, column }: Problem): string =>
  [file, line, column].filter((part) => part !== undefined).join(":");
