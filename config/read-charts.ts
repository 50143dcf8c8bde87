// Stage 1, the edge: the Helm charts in a folder of `check --charts`. Understands nothing of what they say.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Something in the folder that may be a chart. */
export interface ChartEntry {
  /** Name inside the folder. */
  readonly name: string;
  /** A package that is still to be unpacked, or the files of a folder by path. */
  readonly content: Uint8Array | ReadonlyMap<string, Uint8Array>;
}

/** Of one file. What a package may unpack to is limited where it is unpacked. */
const mostBytes = 20 * 1024 * 1024;
const deepest = 20;

/**
 * Packages (*.tgz, *.tar.gz) and chart folders directly in `folder`, or the chart that it is itself. Undefined where
 * there is no such folder; throws what the operating system says.
 */
export function readCharts(folder: string): readonly ChartEntry[] | undefined {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  if (isChart(folder)) return [{ name: ".", content: readFolder(folder) }];
  return readdirSync(folder)
    .sort()
    .flatMap((name): ChartEntry[] => {
      const path = join(folder, name);
      const entry = statSync(path);
      if (entry.isFile() && /\.(?:tgz|tar\.gz)$/.test(name)) return [{ name, content: readSmall(path) }];
      return entry.isDirectory() && isChart(path) ? [{ name, content: readFolder(path) }] : [];
    });
}

const isChart = (folder: string): boolean =>
  statSync(join(folder, "Chart.yaml"), { throwIfNoEntry: false })?.isFile() === true;

function readFolder(folder: string): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const visit = (path: string, depth: number): void => {
    // A link is not followed: it may lead anywhere, or back.
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const below = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory() && depth < deepest) visit(below, depth + 1);
      else if (entry.isFile()) files.set(below, readSmall(join(folder, below)));
    }
  };
  visit("", 0);
  return files;
}

function readSmall(path: string): Uint8Array {
  if (statSync(path).size > mostBytes) throw new Error(`${path} has more than ${mostBytes} bytes`);
  return readFileSync(path);
}
