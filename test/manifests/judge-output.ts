// What synth and check say of the objects of an output, scope by scope, as a person reads it.
import { isJsonObject, type JsonObject } from "../../config/json.ts";
import { formatProblem, type Problem } from "../../config/problem.ts";
import { judgeObjects } from "../../manifests/judge-objects.ts";
import { identityOf, type RenderedFile } from "../../manifests/render.ts";
import type { Output, OutputText } from "../charts/output.ts";

export const judged = (output: Output): string => problemsOf(output).map(formatProblem).join("\n");

/** The same, but only problems whose codes match. */
export const judgedBy = (codes: RegExp, output: Output): string =>
  problemsOf(output)
    .filter(({ code }) => codes.test(code))
    .map(formatProblem)
    .join("\n");

function problemsOf({ config, files }: Output): readonly Problem[] {
  const scopes = [files.filter(isOfCluster), files.filter((file) => !isOfCluster(file))];
  return scopes.flatMap((scope) => judgeObjects(scope.map(asRendered), [config]));
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
