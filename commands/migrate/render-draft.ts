// A configuration that nobody has looked up facts for yet -> the objects that synth would write, without what is not known.
import { join } from "node:path";
import { stringify } from "yaml";
import { buildCluster } from "../../charts/cluster.ts";
import { albAnnotationPrefix } from "../../config/alb-annotations.ts";
import type { Config, IngressConfig } from "../../config/config.ts";
import { isJsonObject, type JsonObject, valueAt } from "../../core/json.ts";
import { overlaid } from "../../core/overlaid-disk.ts";
import { isError } from "../../core/problem.ts";
import type { ReadFileSystem } from "../../core/read-disk.ts";
import { exampleLock } from "../../facts/example-lock.ts";
import { resolve } from "../../facts/resolve.ts";
import { readOwnObjects } from "../../manifests/own/read-own-objects.ts";
import { render } from "../../manifests/render.ts";
import type { Rendered } from "../../migrate/migrate.ts";
import type { OwnFile } from "../../migrate/recognise/own-objects.ts";
import { readOwnSchemas, readPrograms } from "../read-programs.ts";

export const renderDraft =
  (disk: ReadFileSystem, root: string) =>
  (config: Config, files: readonly OwnFile[]): Rendered => {
    const locate = () => ({ file: config.file, line: 1, column: 1 });
    const texts = new Map(files.map(({ path, object }) => [join(root, path), stringify(object)]));
    const source = { disk: overlaid(disk, texts), root, readSchemas: () => readOwnSchemas(disk) };
    const { ownObjects, problems } = readOwnObjects(source, { config, locate });
    if (problems.some(isError)) return { objects: [], problems };
    const { facts } = resolve({ config, locate, lock: exampleLock(config), lockName: "" });
    const rendered = render(buildCluster(config, facts, readPrograms(disk), ownObjects), () => config.file);
    const objects = rendered.flatMap((file) => file.objects).map((object) => withoutExamples(object, config));
    return { objects, problems };
  };

function withoutExamples(object: JsonObject, config: Config): JsonObject {
  const ingress = config.ingresses.find(
    ({ ingressName }) => object.kind === "Ingress" && ingressName === valueAt(object, ["metadata", "name"]),
  );
  const { metadata } = object;
  if (ingress === undefined || !isJsonObject(metadata) || !isJsonObject(metadata.annotations)) return object;
  const unknown = unknownAnnotations(ingress).map((name) => `${albAnnotationPrefix}${name}`);
  const annotations = Object.entries(metadata.annotations).filter(([name]) => !unknown.includes(name));
  return { ...object, metadata: { ...metadata, annotations: Object.fromEntries(annotations) } };
}

/** Those that a lock file would tell. */
const unknownAnnotations = ({ subnets, certificates, webAcl }: IngressConfig): readonly string[] => [
  ...("ids" in subnets ? [] : ["subnets"]),
  ...(certificates.some((certificate) => "domain" in certificate) ? ["certificate-arn"] : []),
  ...(typeof webAcl === "object" && "name" in webAcl ? ["wafv2-acl-arn"] : []),
];
