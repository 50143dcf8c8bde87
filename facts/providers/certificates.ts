import {
  type ACMClient,
  CertificateKeyPairOrigin,
  CertificateStatus,
  type CertificateSummary,
  DescribeCertificateCommand,
  KeyAlgorithm,
  ListCertificatesCommand,
} from "@aws-sdk/client-acm";
import type { Certificate } from "../observed.ts";
import { type CallContext, call, type Sender } from "./call.ts";
import { collectPages } from "./collect-pages.ts";

/**
 * All certificates of the region. Key types, states and origins are named one by one: without them ACM leaves out
 * ECDSA, long RSA keys and what came by ACME, and a refusal could not be explained.
 */
export async function listCertificates(
  acm: Sender<ACMClient>,
  context: CallContext,
): Promise<readonly Certificate[]> {
  const summaries = await collectPages("acm:ListCertificates", async (token) => {
    const command = new ListCertificatesCommand({
      CertificateStatuses: Object.values(CertificateStatus),
      CertificateKeyPairOrigins: Object.values(CertificateKeyPairOrigin),
      Includes: { keyTypes: Object.values(KeyAlgorithm) },
      MaxItems: 1000,
      NextToken: token,
    });
    const output = await call("acm:ListCertificates", context, (options) => acm.send(command, options));
    return { items: output.CertificateSummaryList, next: output.NextToken };
  });
  const certificates: Certificate[] = [];
  // ACM allows ten of these calls a second (ACM quotas).
  for (let start = 0; start < summaries.length; start += parallelDescriptions) {
    const some = summaries.slice(start, start + parallelDescriptions);
    certificates.push(...(await Promise.all(some.map((summary) => withNames(acm, summary, context)))));
  }
  return certificates;
}

const parallelDescriptions = 8;

/** A summary holds 100 names at most, and none where the server is not AWS's own (moto). */
async function withNames(
  acm: Sender<ACMClient>,
  summary: CertificateSummary,
  context: CallContext,
): Promise<Certificate> {
  const {
    CertificateArn,
    DomainName,
    SubjectAlternativeNameSummaries,
    HasAdditionalSubjectAlternativeNames,
  } = summary;
  if (SubjectAlternativeNameSummaries !== undefined && HasAdditionalSubjectAlternativeNames !== true) {
    return toCertificate(summary, DomainName, SubjectAlternativeNameSummaries);
  }
  const command = new DescribeCertificateCommand({ CertificateArn });
  const { Certificate: detail } = await call("acm:DescribeCertificate", context, (options) =>
    acm.send(command, options),
  );
  return toCertificate({ ...summary, ...detail }, DomainName, detail?.SubjectAlternativeNames);
}

function toCertificate(
  { CertificateArn, Status, KeyAlgorithm: key, NotBefore, NotAfter }: CertificateFields,
  mainName: string | undefined,
  alternativeNames: readonly string[] | undefined,
): Certificate {
  // Browsers and the controller read the alternative names only; the main name stands in where there are none.
  const alternatives = alternativeNames ?? [];
  const names = alternatives.length > 0 ? alternatives : [mainName ?? ""];
  const mainFirst = [...names].sort(
    (a, b) => Number(b === mainName) - Number(a === mainName) || (a < b ? -1 : 1),
  );
  return {
    arn: CertificateArn ?? "",
    names: [...new Set(mainFirst.map((name) => name.toLowerCase()))],
    status: Status ?? "unknown",
    keyAlgorithm: (key ?? "unknown").replace("-", "_"),
    notBefore: NotBefore,
    notAfter: NotAfter,
  };
}

type CertificateFields = Pick<
  CertificateSummary,
  "CertificateArn" | "Status" | "KeyAlgorithm" | "NotBefore" | "NotAfter"
>;
