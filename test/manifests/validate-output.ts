// What synth and check say of the objects of an output, scope by scope, as a person reads it.
import { isJsonObject, type JsonObject } from "../../core/json.ts";
import { formatProblem, type Problem } from "../../core/problem.ts";
import { identityOf } from "../../manifests/identity.ts";
import type { RenderedFile } from "../../manifests/render.ts";
import { applyObjectRules, objectScope, validateObjects } from "../../manifests/validate-objects.ts";
import type { Output, OutputText } from "../charts/output.ts";

export const judged = (output: Output): string => problemsOf(output).map(printed).join("\n");

/** What rules whose codes match say, also of objects that a schema refuses. */
export const validatedBy = (codes: RegExp, output: Output): string =>
  byRules(output)
    .filter(({ code }) => codes.test(code))
    .map(printed)
    .join("\n");

/** Without line and column: where a field stands in its file is tested by itself. */
export const printed = ({ line: _, column: __, ...problem }: Problem): string => formatProblem(problem);

const problemsOf = ({ config, files }: Output): readonly Problem[] =>
  scopesOf(files).flatMap(({ scope, elsewhere }) => validateObjects(scope, [config], elsewhere));

const byRules = ({ config, files }: Output): readonly Problem[] =>
  scopesOf(files).flatMap(({ scope, elsewhere }) =>
    applyObjectRules(objectScope(scope, [config], elsewhere), [...scope, ...elsewhere]),
  );

/** Of the cluster, which may look at the project in argocd/; and what all clusters share. */
function scopesOf(files: readonly OutputText[]) {
  const ofCluster = files.filter(isOfCluster).map(asRendered);
  const shared = files.filter((file) => !isOfCluster(file)).map(asRendered);
  return [
    { scope: ofCluster, elsewhere: shared },
    { scope: shared, elsewhere: [] },
  ];
}

const isOfCluster = ({ path }: OutputText): boolean => path.startsWith("dist/");

/** As `render` gives it, of what a YAML parser found in the text. */
function asRendered({ path, text, objects: parsed }: OutputText): RenderedFile {
  const objects = parsed.map((object): JsonObject => {
    if (!isJsonObject(object)) throw new Error(`${path} does not hold objects`);
    return object;
  });
  return { path, text, identities: objects.map(identityOf), objects };
}
