// Every way to spoil one place of an object, for the test that each of them is noticed.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../core/json.ts";

export interface Mutation {
  /** `misspelt key`, `string to number`, … */
  readonly what: string;
  /** Where, with the indexes of lists left out: `spec.rules[].host`. */
  readonly path: string;
  readonly object: JsonObject;
}

/** Each mutation of each place of the object. */
export function mutationsOf(object: JsonObject): readonly Mutation[] {
  return placesIn(object, "").flatMap(({ path, value, withValue }) => [
    ...misspeltKeys(path, value, withValue),
    ...otherTypes(value).map(({ what, value: wrong }) => ({
      what,
      path,
      object: asObject(withValue(wrong)),
    })),
  ]);
}

/** The object without the field at a path such as `spec.rules[].host`, once for each item of the lists on the way. */
export function withoutField(object: JsonObject, path: string): readonly JsonObject[] {
  return placesIn(object, "").flatMap(({ path: parent, value, withValue }) => {
    if (!isJsonObject(value)) return [];
    return Object.keys(value)
      .filter((key) => joined(parent, key) === path)
      .map((key) => asObject(withValue(renamed(value, key, undefined))));
  });
}

interface Place {
  readonly path: string;
  readonly value: JsonValue;
  /** The whole object with something else in this place. */
  readonly withValue: (value: JsonValue) => JsonValue;
}

function placesIn(value: JsonValue, path: string): readonly Place[] {
  const here: Place = { path, value, withValue: (other) => other };
  if (isJsonArray(value)) {
    const below = value.flatMap((item, index) =>
      placesIn(item, `${path}[]`).map((place) => ({
        ...place,
        withValue: (other: JsonValue) => value.with(index, place.withValue(other)),
      })),
    );
    return [here, ...below];
  }
  if (!isJsonObject(value)) return [here];
  const below = Object.entries(value).flatMap(([key, field]) =>
    placesIn(field, joined(path, key)).map((place) => ({
      ...place,
      withValue: (other: JsonValue) => ({ ...value, [key]: place.withValue(other) }),
    })),
  );
  return [here, ...below];
}

function misspeltKeys(path: string, value: JsonValue, withValue: Place["withValue"]): readonly Mutation[] {
  if (!isJsonObject(value)) return [];
  return Object.keys(value).map((key) => ({
    what: "misspelt key",
    path: joined(path, key),
    object: asObject(withValue(renamed(value, key, `${key}x`))),
  }));
}

function otherTypes(value: JsonValue): readonly { readonly what: string; readonly value: JsonValue }[] {
  if (isJsonArray(value)) return [{ what: "list to map", value: {} }, toNull];
  if (isJsonObject(value)) return [{ what: "map to list", value: [] }, toNull];
  if (typeof value === "string") return [{ what: "string to number", value: 7 }, toNull];
  if (typeof value === "boolean") return [{ what: "boolean to string", value: String(value) }, toNull];
  return [
    { what: "number to string", value: String(value) },
    { what: "integer to fraction", value: 1.5 },
    toNull,
  ];
}

const toNull = { what: "null", value: null };

const joined = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

/** Keeps the order of keys. */
const renamed = (map: JsonObject, key: string, name: string | undefined): JsonObject =>
  Object.fromEntries(
    Object.entries(map).flatMap(([other, value]) =>
      other !== key ? [[other, value]] : name === undefined ? [] : [[name, value]],
    ),
  );

const asObject = (value: JsonValue): JsonObject => (isJsonObject(value) ? value : {});
