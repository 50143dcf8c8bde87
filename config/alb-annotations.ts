// Stage 1: what is wrong with an annotation of the AWS Load Balancer Controller. It has no list of its own: a misspelt key
// is ignored silently, and a misspelt value fails the whole Ingress.

import { formatPath, show } from "../core/format-value.ts";
import { didYouMean } from "../core/suggest.ts";
import {
  type AlbAnnotationRow,
  annotationFamilies,
  externalDnsNames,
  externalDnsPrefix,
  externalDnsProviders,
  extraAnnotations,
  type OwnedRow,
  ownedAnnotations,
  refusedAnnotations,
} from "./alb-annotation-table.ts";

/** Every annotation of the controller on an Ingress begins so; the cluster file names only the rest. */
export const albAnnotationPrefix = "alb.ingress.kubernetes.io/";

export type OwnedAnnotation = keyof typeof ownedAnnotations;
export type ExtraAnnotation = keyof typeof extraAnnotations;
/** Suffixes meshfront can emit. */
export type AlbAnnotation = OwnedAnnotation | ExtraAnnotation;

/** As it stands on an Ingress: those of external-dns are written with their own prefix. */
export const fullAnnotationName = (name: string): string =>
  externalDnsPrefix.test(name) ? name : `${albAnnotationPrefix}${name}`;

/** Annotations without which the controller would silently assume something else than meshfront means, and what. */
export const statedAnnotations: readonly { readonly suffix: string; readonly absent: string }[] =
  Object.entries<OwnedRow>(ownedAnnotations).flatMap(([suffix, { absent }]) =>
    absent === undefined ? [] : [{ suffix, absent }],
  );

interface Judgement {
  readonly message: string;
  readonly suggestion: string;
}

/** What is wrong with an extra annotation of a cluster file, or undefined. */
export function validateAnnotation(suffix: string, value: string): Judgement | undefined {
  if (suffix.startsWith(albAnnotationPrefix)) {
    return {
      message: `expected an annotation without its prefix ${albAnnotationPrefix}, found ${suffix}`,
      suggestion: `Write ${suffix.slice(albAnnotationPrefix.length)}.`,
    };
  }
  if (suffix.includes("/")) return validateForeignAnnotation(suffix, value);
  const owner = lookUp<OwnedRow>(ownedAnnotations, suffix)?.setBy;
  if (owner === undefined) return validateEmittedAnnotation(suffix, value);
  const byKey = !owner.startsWith("meshfront");
  return {
    message: `annotation ${suffix} is set by ${byKey ? `the key ${owner}` : owner}`,
    suggestion: byKey ? `Use ${owner} and remove the annotation.` : "Remove the annotation.",
  };
}

/** By its full name: those of external-dns, which reads hosts and the load balancer's address off an Ingress. */
function validateForeignAnnotation(name: string, value: string): Judgement | undefined {
  const [prefix] = externalDnsPrefix.exec(name) ?? [];
  if (prefix === undefined) {
    const isClass = name === "kubernetes.io/ingress.class";
    return {
      message: isClass
        ? "annotation kubernetes.io/ingress.class is set by the key ingressClassName: with both the API server refuses a new Ingress"
        : `expected an annotation of the AWS Load Balancer Controller without its prefix, or one of external-dns, found ${show(name)}: nothing here reads it`,
      suggestion: isClass ? "Use ingressClassName and remove the annotation." : "Remove the annotation.",
    };
  }
  const rest = name.slice(prefix.length);
  if (!externalDnsNames.includes(rest) && !externalDnsProviders.test(rest)) {
    return {
      message: `external-dns reads no annotation ${show(rest)} on an Ingress and would ignore it silently`,
      suggestion: didYouMean(rest, externalDnsNames) ?? `Known: ${externalDnsNames.join(", ")}, aws-….`,
    };
  }
  if (value.trim() !== "") return undefined;
  return {
    message: `annotation ${name}: expected a value, found ${show(value)}`,
    suggestion: "Write a value, or leave the annotation out.",
  };
}

/** What is wrong with an annotation as it stands on an Ingress, whoever set it, or undefined. */
export function validateEmittedAnnotation(suffix: string, value: string): Judgement | undefined {
  const row = tryFindRow(suffix);
  if (row !== undefined) return validateValue(suffix, value, row);
  const refusal = lookUp<string>(refusedAnnotations, suffix) ?? familyOf(suffix)?.refusal;
  if (refusal !== undefined)
    return {
      message: `annotation ${suffix} is not supported: ${typeof refusal === "string" ? refusal : refusal(value)}`,
      suggestion: "Remove the annotation.",
    };
  return {
    message: `the AWS Load Balancer Controller reads no annotation ${formatPath([suffix])} here and would ignore it silently`,
    suggestion:
      didYouMean(suffix, [...Object.keys(extraAnnotations), ...Object.keys(ownedAnnotations)]) ??
      `Known: ${Object.keys(extraAnnotations).join(", ")}.`,
  };
}

/** A valid extra annotation as it is written out: of the spellings that the controller reads alike, always the same one. */
export const canonicalAnnotation = (suffix: string, value: string): string =>
  tryFindRow(suffix)?.canonical?.(value) ?? value;

function tryFindRow(suffix: string): AlbAnnotationRow | undefined {
  const row =
    lookUp<AlbAnnotationRow>(ownedAnnotations, suffix) ?? lookUp<AlbAnnotationRow>(extraAnnotations, suffix);
  if (row !== undefined) return row;
  const { grammar, ...family } = familyOf(suffix) ?? {};
  return grammar === undefined ? undefined : { ...family, grammar };
}

function validateValue(
  suffix: string,
  value: string,
  { grammar, trims, empty }: AlbAnnotationRow,
): Judgement | undefined {
  if (value.trim() === "") {
    return {
      message: `annotation ${suffix}: expected ${grammar(value) ?? "a value"}, found ${show(value)}: ${empty ?? "the controller fails the whole Ingress"}`,
      suggestion: "Write a value, or leave the annotation out.",
    };
  }
  if (value.trim() !== value && trims !== true) {
    return {
      message: `annotation ${suffix}: expected a value without blanks or line breaks at its ends, found ${show(value)}`,
      suggestion:
        "Write it on one line, or with >- where it is long: the controller takes every character as it is.",
    };
  }
  const expected = grammar(value);
  if (expected === undefined) return undefined;
  return {
    message: `annotation ${suffix}: expected ${expected}, found ${show(value)}`,
    suggestion: "Correct the value: one that the controller or AWS refuses fails the whole Ingress.",
  };
}

const familyOf = (suffix: string) => annotationFamilies.find(({ regex }) => regex.test(suffix));

const lookUp = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
