// Stage 2, the edge: no secret goes into a message. AWS itself repeats parts of a request in some errors.

const secrets = new Set<string>();

/** Values that must not be printed by this process, from wherever they came. */
export function keepSecret(values: readonly (string | undefined)[]): void {
  for (const value of values) if (value !== undefined && value.length >= 4) secrets.add(value);
}

/** Spellings of secrets that nobody told us: access keys, signatures and tokens in a request, passwords in a URL. */
const secretPatterns = [
  /\bA(?:KIA|SIA)[A-Z0-9]{8,}/g,
  /(?<=x-amz-security-token[:=]\s?)\S+/gi,
  /(?<=\bSignature=)\S+/gi,
  /(?<=:\/\/)[^\s/@]+(?=@)/g,
];

export function redactSecrets(text: string): string {
  // The longest first: one secret may be the beginning of another.
  const known = [...secrets].sort((a, b) => b.length - a.length);
  const withoutKnown = known.reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text);
  return secretPatterns.reduce((rest, pattern) => rest.replaceAll(pattern, "[redacted]"), withoutKnown);
}
