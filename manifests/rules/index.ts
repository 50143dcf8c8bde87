// Stage 4: the table of contents of everything that can be wrong with objects although their schemas accept them.
import type { ObjectRule } from "./object-rule.ts";

export const objectRules: readonly ObjectRule[] = [];
