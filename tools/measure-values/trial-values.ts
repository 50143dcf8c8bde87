// Which values to try at a path, so that an effect shows if there is one.
import { otherThan } from "../../commands/helm/value-effects.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../core/json.ts";

/** Where no type is known, and where values of the known type are refused. */
const anything: readonly JsonValue[] = [
  "meshfront",
  true,
  7,
  { meshfront: "meshfront" },
  ["meshfront"],
  [{ name: "meshfront" }],
];

const byType: Readonly<Record<string, readonly JsonValue[]>> = {
  string: ["meshfront"],
  boolean: [true, false],
  integer: [7],
  number: [7],
  object: [{ meshfront: "meshfront" }],
  array: [["meshfront"], [{ name: "meshfront" }]],
};

/** @param schema the type that the chart's schema gives, see gateway-schema.ts */
export function trialValues(
  byDefault: JsonValue | undefined,
  schema: JsonValue | undefined,
): readonly JsonValue[] {
  if (isJsonObject(schema) && isJsonArray(schema.enum))
    return schema.enum.filter((value) => value !== byDefault);
  const types = (isJsonArray(schema) ? schema : [schema]).filter((type) => typeof type === "string");
  const typed = types.flatMap((type) => byType[type] ?? []).filter((value) => value !== byDefault);
  const isKnown = byDefault !== undefined && byDefault !== null;
  return [...(isKnown ? [otherThan(byDefault)] : []), ...typed, ...anything];
}

export const isContainer = (value: JsonValue | undefined): boolean =>
  isJsonObject(value) || isJsonArray(value);
