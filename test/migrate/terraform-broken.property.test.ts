// States and plans with anything in the place of anything: no crash.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isJsonArray, isJsonObject, type JsonValue } from "../../core/json.ts";
import { readInput } from "../../migrate/read/read-input.ts";
import { migrateState, stateOf } from "./set-up.ts";

const folder = fileURLToPath(new URL("terraform", import.meta.url));
const documents = readdirSync(folder)
  .filter((name) => !name.endsWith(".md"))
  .map((name): JsonValue => JSON.parse(readFileSync(`${folder}/${name}`, "utf8")));

/** Turns chosen by `steps` lead to a place; `value` is put there, or the place is emptied. */
function replaced(document: JsonValue, [step, ...steps]: readonly number[], value: JsonValue): JsonValue {
  if (step === undefined) return value;
  if (isJsonArray(document)) {
    if (document.length === 0) return value;
    return document.map((item, index) =>
      index === step % document.length ? replaced(item, steps, value) : item,
    );
  }
  if (!isJsonObject(document)) return value;
  const keys = Object.keys(document);
  if (keys.length === 0) return value;
  return Object.fromEntries(
    Object.entries(document).map(([key, item], index) => [
      key,
      index === step % keys.length ? replaced(item, steps, value) : item,
    ]),
  );
}

const broken = fc
  .tuple(
    fc.constantFrom(...documents),
    fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 9 }),
    fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>, // fast-check's JSON is ours
  )
  .map(([document, steps, value]) => JSON.stringify(replaced(document, steps, value)));

test("a document that is broken anywhere is read without a crash", () => {
  fc.assert(
    fc.property(broken, (text) => {
      readInput({ file: "s", text });
    }),
    { numRuns: 400 },
  );
});

test("what is made of it is made without a crash", () => {
  fc.assert(
    fc.property(broken, (text) => {
      const migration = migrateState(stateOf(text));
      expect(Array.isArray(migration.findings)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
