// Which files `init` would write, with their whole text. Reads only.
import { dirname, join, relative } from "node:path";
import type { Config } from "../../config/config.ts";
import { clusterJsonSchema, defaultsJsonSchema } from "../../config/json-schema.ts";
import type { Problem } from "../../core/problem.ts";
import type { ReadFileSystem } from "../../core/read-disk.ts";
import { exampleLock } from "../../facts/example-lock.ts";
import { serialiseLock } from "../../facts/lock.ts";
import packageJson from "../../package.json" with { type: "json" };
import { readIgnoreRules, tryRead } from "../git-checkout.ts";
import { resultJsonSchema } from "../results/index.ts";
import type { FileToWrite } from "../write-files.ts";
import type { InitOptions } from "./options.ts";
import {
  cdk8sYaml,
  withAttributes,
  withDevDependencies,
  withIgnoreRules,
  workflowText,
} from "./project-files.ts";

interface Project {
  readonly disk: ReadFileSystem;
  /** Absolute. */
  readonly root: string;
  readonly options: InitOptions;
}

/** `config`: of the new cluster file, whose text is `clusterText`. */
export function planFiles(
  project: Project,
  config: Config,
  clusterText: string,
): readonly (FileToWrite | Problem)[] {
  const { disk, root, options } = project;
  const { cluster, withCdk8s } = options;
  const packageFolder = folderOfPackage(project);
  const made = (path: string, text: string): readonly FileToWrite[] =>
    [changed(project, path, () => text)].flat();
  const lock = exampleLock(config);
  return [
    ...made(`clusters/${cluster}.yaml`, clusterText),
    ...(Object.keys(lock.answers).length > 0 &&
    tryRead(disk, join(root, `clusters/${cluster}.lock.json`)) === undefined
      ? made(`clusters/${cluster}.lock.json`, serialiseLock(lock))
      : []),
    ...made("schema/cluster.schema.json", clusterJsonSchema()),
    ...made("schema/defaults.schema.json", defaultsJsonSchema()),
    ...made("schema/result.schema.json", resultJsonSchema()),
    ...packageFile(project, `${packageFolder}/package.json`),
    ...(withCdk8s ? changed(project, "cdk8s.yaml", (text) => text ?? cdk8sYaml) : []),
    ...changed(project, ".gitattributes", withAttributes),
    ...ignoreFile(project),
    ...workflow(project, packageFolder),
  ];
}

/** Nothing, where the file has that text already. */
function changed(
  { disk, root }: Project,
  path: string,
  change: (text: string | undefined) => string,
): readonly FileToWrite[] {
  const before = tryRead(disk, join(root, path));
  const text = change(before);
  return text === before
    ? []
    : [{ path: relative(root, join(root, path)), text, isNew: before === undefined }];
}

/** The nearest one upwards in the checkout: that is where npm looks for the program. */
function folderOfPackage({ disk, root, options: { checkout } }: Project): string {
  for (let folder = root, path = "."; ; folder = dirname(folder), path = `${path}/..`) {
    if (tryRead(disk, join(folder, "package.json")) !== undefined) return path;
    const isTop = checkout === undefined || folder === checkout.top || dirname(folder) === folder;
    if (isTop) return ".";
  }
}

const { cdk8s, constructs, "cdk8s-cli": cdk8sCli } = packageJson.devDependencies;

function packageFile(project: Project, path: string): readonly (FileToWrite | Problem)[] {
  const { withCdk8s } = project.options;
  const versions = {
    meshfront: packageJson.version,
    ...(withCdk8s && { "cdk8s-cli": cdk8sCli, cdk8s, constructs }),
  };
  try {
    return changed(project, path, (text) => {
      const added = withDevDependencies(text, versions);
      if (added === undefined) throw new SyntaxError("no map");
      return added;
    });
  } catch {
    const message = `expected JSON in ${path}, found something else: meshfront was not added to it`;
    const suggestion = `Correct it, then run \`npm install --save-dev --save-exact meshfront@${packageJson.version}\`.`;
    return [{ code: "usage/package-json", severity: "warning", message, suggestion }];
  }
}

/** node_modules/ is left out where nobody leaves it out yet, and the output is not, where somebody does. */
function ignoreFile(project: Project): readonly FileToWrite[] {
  const { disk, options } = project;
  const { checkout, cluster, withCdk8s } = options;
  const isIgnored = checkout === undefined ? () => false : readIgnoreRules(disk, checkout);
  const unwanted = ["node_modules/", ...(withCdk8s ? [".cdk8s/"] : [])].filter(
    (folder) => !isIgnored(folder),
  );
  const output = { dist: `dist/${cluster}/applications/project.yaml`, argocd: `argocd/${cluster}.yaml` };
  const included = Object.entries(output).flatMap(([folder, file]) => (isIgnored(file) ? [folder] : []));
  return changed(project, ".gitignore", (text) => withIgnoreRules(text, unwanted, included));
}

function workflow(project: Project, packageFolder: string): readonly FileToWrite[] {
  const { disk, root, options } = project;
  const { checkout } = options;
  if (checkout === undefined || disk.tryListFolder(join(checkout.top, ".github")) === undefined) return [];
  const inRepository = (folder: string): string =>
    relative(checkout.top, join(root, folder)).replaceAll("\\", "/") || ".";
  const text = workflowText(inRepository(packageFolder), inRepository("."));
  const path = `${relative(root, checkout.top) || "."}/.github/workflows/meshfront.yaml`;
  return changed(project, path, (before) => before ?? text);
}
