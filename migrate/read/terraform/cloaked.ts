/** What the helm and kubectl providers print in place of a secret. */
export const cloaked = "(sensitive value)";
