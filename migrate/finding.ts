// What migrate has to say, beside the file that it writes.

/**
 * - fault: what is live is wrong, and ours does not carry it along;
 * - difference: ours is another than what is live;
 * - left-out: cannot be said in a cluster file, or is not ours to say;
 * - decision: migrate chose, and the file has a comment there;
 * - step: a person has to do it, or to look;
 * - refused: the migration cannot be done safely. Nothing is written.
 */
export type FindingKind = "refused" | "fault" | "difference" | "left-out" | "decision" | "step";

export const findingKinds: readonly FindingKind[] = [
  ...(["refused", "fault", "difference", "left-out", "decision", "step"] as const),
];

/** What a difference leads to, the heaviest first. */
export type Effect =
  | "replaces a load balancer"
  | "changes exposure"
  | "mends a fault"
  | "rolls pods"
  | "cosmetic";

export const effects: readonly Effect[] = [
  ...(["replaces a load balancer", "changes exposure", "mends a fault", "rolls pods", "cosmetic"] as const),
];

export interface Finding {
  readonly kind: FindingKind;
  /** Stable and short, for programs: `literal-status-port`. */
  readonly code: string;
  /** The live object or release that it is about: `Ingress istio-system/web`. Empty where it is about the whole. */
  readonly about: string;
  /** Whole sentences: what is there, what becomes of it, why. Never a value that may be secret. */
  readonly message: string;
  /** Of differences; of a fault, what mending it leads to. */
  readonly effect?: Effect;
}

/** Collects what is found about one thing. */
export class Findings {
  readonly all: Finding[] = [];

  add(kind: FindingKind, code: string, about: string, message: string, effect?: Effect): void {
    const isKnown = this.all.some(
      (each) => each.code === code && each.about === about && each.message === message,
    );
    if (!isKnown) this.all.push({ kind, code, about, message, ...(effect !== undefined && { effect }) });
  }

  fault(code: string, about: string, message: string, effect: Effect = "mends a fault"): void {
    this.add("fault", code, about, message, effect);
  }

  difference(effect: Effect, code: string, about: string, message: string): void {
    this.add("difference", code, about, message, effect);
  }

  leftOut(code: string, about: string, message: string): void {
    this.add("left-out", code, about, message);
  }

  decision(code: string, about: string, message: string): void {
    this.add("decision", code, about, message);
  }

  step(code: string, about: string, message: string): void {
    this.add("step", code, about, message);
  }

  refuse(code: string, about: string, message: string): void {
    this.add("refused", code, about, message);
  }
}
