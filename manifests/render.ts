// Stage 4: cdk8s objects -> the text of each file. Pure.
import { ApiObject, type App } from "cdk8s";
import { isOutputFile } from "../charts/output-file.ts";
import { identityOf } from "./identity.ts";
import { generatedHeader } from "./inventory.ts";
import { emitDocuments, type JsonObject } from "./yaml.ts";

/** One file of the output, as it will stand on disk. */
export interface RenderedFile {
  /** Posix, relative to the project root, for example `dist/demo/gateway/gateway.yaml`. */
  readonly path: string;
  readonly text: string;
  /** `group/Kind/namespace/name` of each object in it, core group empty. */
  readonly identities: readonly string[];
  /** The objects themselves, in the order of `identities`. */
  readonly objects: readonly JsonObject[];
}

/** Renders every file of an App, in the order of its charts. `sourceOf` names what a person edits instead. */
export function render(app: App, sourceOf: (path: string) => string): readonly RenderedFile[] {
  return app.node.children.map((file) => {
    if (!isOutputFile(file))
      throw new Error(`${file.node.path} is no output file: its objects would be lost`);
    // Objects only: toJson per object costs the same for any number of charts, app.synth() does not.
    const objects = file.node.findAll().filter((construct) => construct instanceof ApiObject);
    const documents = objects.map((object) => object.toJson() as JsonObject); // cdk8s types it any
    return {
      path: file.path,
      text: headerLine(sourceOf(file.path)) + emitDocuments(documents),
      identities: documents.map(identityOf),
      objects: documents,
    };
  });
}

/** No version of meshfront in it: an upgrade that changes nothing must show as no change. */
const headerLine = (source: string): string =>
  `${generatedHeader} from ${source}. Do not edit: change that and run \`meshfront synth\`.\n`;
