// Stage 2: the certificates of one front door, and whether they cover its hosts. Pure.
import type { CertificateConfig, IngressConfig } from "../config/config.ts";
import { coversOneLabel, namedHosts } from "../config/rules/hosts.ts";
import { type Answers, type Ask, findAnswer, isCertificate } from "./find-answer.ts";
import type { CertificateAnswer } from "./lock-schema.ts";
import { certificateKey } from "./queries.ts";
import { servedKey, servedKeys } from "./served-key.ts";

interface Found {
  readonly arn: string;
  /** Undefined for a certificate that the configuration names by its ARN: nobody asked what it covers. */
  readonly names: readonly string[] | undefined;
}

/** In the order of the configuration; the first is the listener's default. None where nothing listens on HTTPS. */
export function certificateArns(input: Answers, ingress: IngressConfig, ask: Ask): readonly string[] {
  const { certificates, key } = ingress;
  const hosts = namedHosts(ingress.hosts);
  const path = ["ingresses", key, "certificate"];
  const hostsOfEach = certificates.length > 1 ? [] : hosts;
  const found = certificates.flatMap((certificate): readonly Found[] => {
    if ("arn" in certificate) return [{ arn: certificate.arn, names: undefined }];
    const answer = findAnswer(input, certificateKey(certificate), isCertificate, path, ask);
    if (answer === undefined) return [];
    validateAnswer(answer, certificate, hostsOfEach, (code, message) => ask(path, code, message));
    return [answer];
  });
  if (certificates.length > 1 && found.length === certificates.length) {
    const message = uncoveredTogether(found, hosts);
    if (message !== undefined) ask(path, "facts/not-covering", message);
  }
  return found.map(({ arn }) => arn);
}

type LookedUp = Extract<CertificateConfig, { readonly domain: string }>;

function validateAnswer(
  { names, keyAlgorithm }: CertificateAnswer,
  { domain, keyAlgorithm: wanted }: LookedUp,
  hosts: readonly string[],
  say: (code: string, message: string) => void,
): void {
  const uncovered = uncoveredBy(names, [domain, ...hosts]);
  if (uncovered.length > 0) {
    const expected = `a certificate that covers ${uncovered.join(", ")}`;
    say("facts/not-covering", `expected ${expected}, found one for ${names.join(", ")}`);
  }
  if (!servedKey.test(keyAlgorithm)) {
    say("facts/key-algorithm", `expected ${servedKeys}, found ${keyAlgorithm}`);
  } else if (wanted !== undefined && !keyAlgorithm.startsWith(wanted === "rsa" ? "RSA" : "EC")) {
    const expected = `a certificate with an ${wanted.toUpperCase()} key`;
    say("facts/key-algorithm", `expected ${expected}, found ${keyAlgorithm}`);
  }
}

/** Browsers ask for one host each: any of the certificates may answer. */
function uncoveredTogether(found: readonly Found[], hosts: readonly string[]): string | undefined {
  if (found.some(({ names }) => names === undefined)) return undefined;
  const names = found.flatMap((certificate) => certificate.names ?? []);
  const uncovered = uncoveredBy(names, hosts);
  if (uncovered.length === 0) return undefined;
  return `expected certificates that together cover ${uncovered.join(", ")}, found some for ${names.join(", ")}`;
}

const uncoveredBy = (names: readonly string[], hosts: readonly string[]): readonly string[] =>
  [...new Set(hosts)].filter((host) => !names.some((name) => coversOneLabel(name, host)));
