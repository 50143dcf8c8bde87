import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emitDocument, type JsonObject, type JsonValue } from "../../manifests/yaml.ts";
import { anyTree, hostileText, numRuns } from "./yaml-arbitrary.ts";
import { kubectl, withoutKubectl } from "./yaml-readers.ts";

const batches = Math.ceil(numRuns / 100); // one run of kubectl reads some hundred strings

describe.skipIf(withoutKubectl)(`kubectl${withoutKubectl ? ` (${withoutKubectl})` : ""}`, () => {
  it("reads every string of a ConfigMap back, keys and values", { timeout: 600_000 }, () => {
    const data = fc.dictionary(hostileText, hostileText, {
      minKeys: 50,
      maxKeys: 300,
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(data, (strings) => {
        const object = named("v1", "ConfigMap", { data: strings });
        expect(kubectl.read(emitDocument(object))).toEqual(object);
      }),
      { numRuns: batches },
    );
  });

  it("reads every JSON tree back, except that Go's zero has no sign", { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(fc.array(anyTree, { minLength: 20, maxLength: 60 }), (spec) => {
        const object = named("example.com/v1", "Example", { spec });
        expect(kubectl.read(emitDocument(object))).toEqual(unsignedZeros(object));
      }),
      { numRuns: batches },
    );
  });
});

/** With the annotation that the reader is told to add. */
function named(apiVersion: string, kind: string, rest: JsonObject): JsonObject {
  return { apiVersion, kind, metadata: { annotations: { x: "y" }, name: "a" }, ...rest };
}

const unsignedZeros = (value: JsonValue): JsonValue => JSON.parse(JSON.stringify(value));
