// A project with charts of its own runs the verbs from a program of its own (library.ts), which `app` in cdk8s.yaml names
// for cdk8s. The bin hands over to it, so that `meshfront check` and `diff` see what `node main.mjs check` sees.
import { basename, join, resolve } from "node:path";
import { parse } from "yaml";
import { show } from "../core/format-value.ts";
import { isJsonObject } from "../core/json.ts";
import type { Problem } from "../core/problem.ts";
import type { ReadFileSystem } from "../core/read-disk.ts";
import { tryRead } from "./git-checkout.ts";

/** How to start it: options of Node, then the file. */
export type OwnProgram = readonly string[];

export const configFile = "cdk8s.yaml";

/** Undefined where `app` is none that imports meshfront: a project may have cdk8s charts that are nothing to us. */
export function tryFindOwnProgram(disk: ReadFileSystem, root: string): OwnProgram | Problem | undefined {
  const app = tryReadApp(tryRead(disk, join(root, configFile)));
  const words = app?.split(/\s+/).filter((word) => word !== "") ?? [];
  const at = words.findIndex((word) => isScript.test(word));
  const [file] = isScript.exec(words[at] ?? "") ?? [];
  if (app === undefined || file === undefined || basename(file) === "meshfront.cjs") return undefined;
  if (!/["']meshfront["']/.test(tryRead(disk, resolve(root, file)) ?? "")) return undefined;
  const [node, ...options] = words.slice(0, at);
  const rest = words.slice(at + 1).join(" ");
  const isPlain = words.every((word) => /^[\w@%+=:,./-]+$/.test(word));
  if (node !== "node" || !isPlain || !["", "synth"].includes(rest)) return notUnderstood(app, file);
  return [...options, resolve(root, file)];
}

/** Without the quotes and semicolons that a shell would take. */
const isScript = /[\w@%+=:,./-]+\.[cm]?[jt]s(?![\w.])/;

function tryReadApp(text: string | undefined): string | undefined {
  if (text === undefined || !text.includes("app")) return undefined;
  try {
    const data: unknown = parse(text);
    return isJsonObject(data) && typeof data.app === "string" ? data.app : undefined;
  } catch {
    return undefined; // cdk8s says what is wrong with it
  }
}

const notUnderstood = (app: string, file: string): Problem => ({
  code: "usage/app",
  severity: "error",
  message: `expected \`app: node ${file}\`, with options of Node before the file if need be, found ${show(app)}; ${file} imports meshfront, and no shell is started for it`,
  suggestion:
    "Name a program that Node runs as it is; `node --import tsx main.ts` runs TypeScript on every Node.",
  file: configFile,
});
