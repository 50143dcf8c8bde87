// Stage 1: amounts of resources as Kubernetes spells them (k8s.io/apimachinery, pkg/api/resource/quantity.go).
import type { JsonValue } from "../core/json.ts";

const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const quantity = /^\+?(\d+(?:\.\d*)?|\.\d+)(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/;

/** Undefined for what is none, and for less than nothing, which no resource takes. */
function amountOf(value: JsonValue): number | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const [, number, exponent = "", suffix = ""] = quantity.exec(String(value)) ?? [];
  return number === undefined ? undefined : Number(number + exponent) * (factors[suffix] ?? 1);
}

export const isQuantity = (value: JsonValue): boolean => amountOf(value) !== undefined;

/** Whether the one is more than the other; not where one of them is no quantity. */
export const isQuantityAbove = (value: JsonValue, other: JsonValue): boolean =>
  (amountOf(value) ?? 0) > (amountOf(other) ?? Number.POSITIVE_INFINITY);
