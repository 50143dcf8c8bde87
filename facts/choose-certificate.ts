// Stage 2: which certificate serves a domain and the hosts of its doors. Pure: the time is an argument.
import { host as hostPattern } from "../config/patterns.ts";
import { coversOneLabel } from "../config/rules/hosts.ts";
import { type Choice, type Criterion, compareBy, type Loser, listLosers, type Refused } from "./choice.ts";
import type { CertificateAnswer } from "./lock-schema.ts";
import type { Certificate } from "./observed.ts";
import type { Query } from "./queries.ts";
import { servedKey } from "./served-key.ts";

type CertificateQuery = Extract<Query, { kind: "certificate" }>;

export interface CertificateContext {
  /** ARN in the lock file: it stays while it qualifies, or every new certificate would move the listener. */
  readonly pinnedArn: string | undefined;
  readonly now: Date;
  /** Region, account and credentials, for a refusal. */
  readonly where: string;
}

const stays = "chosen by an earlier look-up, and still valid";

export function chooseCertificate(
  query: CertificateQuery,
  certificates: readonly Certificate[],
  { pinnedArn, now, where }: CertificateContext,
): Choice<CertificateAnswer> {
  const judged = certificates.map((certificate) => ({
    certificate,
    reasons: refusals(certificate, query, now),
  }));
  const criteria = criteriaOf(query);
  const [best, ...rest] = judged
    .filter(({ reasons }) => reasons.length === 0)
    .map(({ certificate }) => certificate)
    .sort((a, b) => compareBy(criteria, a, b).order);
  const refused = judged
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => nearness(a.certificate, query) - nearness(b.certificate, query))
    .map(({ certificate, reasons }) => ({ name: nameOf(certificate), reason: reasons.join(", ") }));
  if (best === undefined) return noCertificate(query, refused, where);

  const winner = rest.find(({ arn }) => arn === pinnedArn) ?? best;
  const [runnerUp] = rest;
  const chosenBy =
    winner !== best
      ? stays
      : runnerUp === undefined
        ? "only match"
        : compareBy(criteria, best, runnerUp).name;
  const losers = [best, ...rest]
    .filter((certificate) => certificate !== winner)
    .map((certificate) => ({
      name: nameOf(certificate),
      reason: winner !== best ? `the other was ${stays}` : compareBy(criteria, winner, certificate).name,
    }));
  const near = judged.filter(({ certificate }) => covers(certificate, query.domain));
  const nearRefused = refused.filter(({ name }) =>
    near.some(({ certificate }) => nameOf(certificate) === name),
  );
  return { answer: answerOf(winner, chosenBy), losers: [...losers, ...nearRefused], warnings: [] };
}

/** Everything that speaks against a certificate; empty if it qualifies. */
function refusals(certificate: Certificate, query: CertificateQuery, now: Date): readonly string[] {
  const { names, status, keyAlgorithm, notBefore, notAfter } = certificate;
  const needed = [...new Set([query.domain, ...query.hosts])];
  const uncovered = needed.filter((host) => !covers(certificate, host));
  const reasons: string[] = [];
  if (status !== "ISSUED") reasons.push(`is ${status.toLowerCase().replaceAll("_", " ")}`);
  else if (notAfter === undefined || notAfter <= now) {
    reasons.push(`expired${notAfter === undefined ? "" : ` on ${dateOf(notAfter)}`}`);
  } else if (notBefore !== undefined && notBefore > now)
    reasons.push(`is not valid before ${dateOf(notBefore)}`);
  if (uncovered.length === needed.length) reasons.push(`is for other names: ${names.join(", ")}`);
  else if (uncovered.length > 0) reasons.push(`does not cover ${uncovered.join(", ")}`);
  if (!servedKey.test(keyAlgorithm)) {
    reasons.push(`has a key that a load balancer does not serve: ${keyAlgorithm}`);
  } else if (query.keyAlgorithm !== undefined && isRsa(certificate) !== (query.keyAlgorithm === "rsa")) {
    reasons.push(`has the wrong algorithm: ${keyAlgorithm}`);
  }
  return reasons;
}

const criteriaOf = ({ domain }: CertificateQuery): readonly Criterion<Certificate>[] => [
  { name: "exact name before wildcard", rank: ({ names }) => (names.includes(domain) ? 0 : 1) },
  { name: "RSA before ECDSA", rank: (certificate) => (isRsa(certificate) ? 0 : 1) },
  { name: "later expiry", rank: ({ notAfter }) => -(notAfter?.getTime() ?? 0) },
  { name: "lowest ARN", rank: ({ arn }) => arn },
];

const covers = ({ names }: Certificate, host: string): boolean =>
  names.some((name) => coversOneLabel(name, host));

const isRsa = ({ keyAlgorithm }: Certificate): boolean => keyAlgorithm.startsWith("RSA");

/** Certificates that cover more of what is needed come first in a message. */
const nearness = (certificate: Certificate, { domain, hosts }: CertificateQuery): number =>
  [domain, ...hosts].filter((host) => !covers(certificate, host)).length;

const nameOf = ({ arn }: Certificate): string => arn.replace(/^.*:/, "");

export const dateOf = (date: Date): string => date.toISOString().slice(0, 10);

const answerOf = (certificate: Certificate, chosenBy: string): CertificateAnswer => ({
  arn: certificate.arn,
  // An imported certificate may carry names that no browser asks for, such as localhost.
  names: certificate.names.filter((name) => hostPattern.regex.test(name)),
  keyAlgorithm: certificate.keyAlgorithm,
  notAfter: certificate.notAfter === undefined ? "" : dateOf(certificate.notAfter),
  chosenBy,
});

function noCertificate(query: CertificateQuery, losers: readonly Loser[], where: string): Refused {
  const { domain, hosts, keyAlgorithm } = query;
  const also = hosts.filter((host) => host !== domain);
  const wanted = [
    `an issued${keyAlgorithm === undefined ? "" : ` ${keyAlgorithm.toUpperCase()}`} certificate for ${domain}`,
    also.length === 0 ? "" : ` that covers ${also.join(", ")} as well`,
  ].join("");
  const found = losers.length === 0 ? "no certificate at all" : "none that qualifies";
  return {
    code: "lookup/no-certificate",
    message: `expected ${wanted} ${where}, found ${found}${listLosers(losers)}`,
    suggestion:
      losers.length === 0
        ? "Check cluster.region and the credentials: AWS answers a question to the wrong region or account with nothing. Or request the certificate in ACM."
        : "Request or import such a certificate in ACM in this region, or correct the domain, the hosts or keyAlgorithm (a wildcard covers one label).",
    losers,
    isEmpty: losers.length === 0,
  };
}
