import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { emitDocument, type JsonObject } from "../../manifests/yaml.ts";
import { type Ambiguity, ambiguities } from "./yaml-ambiguous.ts";
import {
  isRecordedKubectl,
  kubectl,
  libraries,
  type Reader,
  withoutKubectl,
  writtenByYamlPackage,
} from "./yaml-readers.ts";

const available: readonly Reader[] = withoutKubectl ? libraries : [...libraries, kubectl];
const recorded: readonly Reader[] = isRecordedKubectl ? [...libraries, kubectl] : libraries;

describe.each(ambiguities)("$what ($position)", (ambiguity) => {
  const documents = ambiguity.examples.map((text) => documentWith(text, ambiguity.position));

  it("is a string that the list matches", () => {
    expect(ambiguity.examples.filter((text) => !ambiguity.matches(text))).toEqual([]);
  });

  it("is misread from the text of the yaml package by the readers that the list names, and by no other", () => {
    const misreadBy = (document: JsonObject): string[] =>
      recorded
        .filter(({ read }) => !readsBack(read, writtenByYamlPackage(document), document))
        .map(({ name }) => name);
    const listed = ambiguity.misreadBy.filter((reader) => recorded.includes(reader)).map(({ name }) => name);
    expect(documents.map(misreadBy)).toEqual(documents.map(() => listed));
  });

  it("reads back from ours, in every reader", () => {
    for (const document of documents)
      expect(available.filter(({ read }) => !readsBack(read, emitDocument(document), document))).toEqual([]);
  });
});

function documentWith(text: string, position: Ambiguity["position"]): JsonObject {
  return {
    apiVersion: "example.com/v1",
    kind: "Example",
    metadata: { annotations: { x: "y" }, name: "a" }, // the annotation is what kubectl is told to add
    spec: position === "key" ? { [text]: { a: "b" } } : { a: text, b: [text] },
  };
}

function readsBack(read: Reader["read"], text: string, document: JsonObject): boolean {
  try {
    return isDeepStrictEqual(read(text), document);
  } catch {
    return false;
  }
}
