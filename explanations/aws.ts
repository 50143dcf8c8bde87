import type { Explanations } from "./explanation.ts";

export const awsExplanations: Explanations = {
  "aws/sso-login": { meaning: "The SSO session is missing or over." },
  "aws/no-credentials": { meaning: "No credentials were found, or the profile is empty or broken." },
  "aws/clock-skew": { meaning: "This machine's clock and that of AWS differ too much." },
  "aws/expired-token": {
    meaning: "The credentials have expired; AWS says the same where the clock is wrong.",
  },
  "aws/denied": { meaning: "The credentials may not do this; the message names the action." },
  "aws/region-disabled": { meaning: "The region is not enabled in the account." },
  "aws/wrong-partition": {
    meaning: "The credentials are not known in the partition of the region (China, GovCloud).",
  },
  "aws/bad-key": { meaning: "AWS does not know the access key." },
  "aws/wrong-secret": { meaning: "The secret key does not belong to the access key." },
  "aws/throttled": { meaning: "AWS refuses further calls for now." },
  "aws/unknown-host": {
    meaning: "The host name does not resolve: a typo in `cluster.region`, or no network.",
  },
  "aws/region-refused": { meaning: "The SDK does not accept the region." },
  "aws/silent": { meaning: "No answer within the time limit of a call." },
  "aws/tls": { meaning: "The connection is not trusted, as with a proxy that opens TLS." },
  "aws/unreachable": { meaning: "No connection." },
  "aws/not-aws": { meaning: "An answer that is not from AWS, such as the log-in page of a network." },
  "aws/gateway": { meaning: "An HTTP error without one of the errors that AWS sends." },
  "aws/not-found": { meaning: "Something that was there a moment ago is gone." },
  "aws/service-error": { meaning: "Any other error of AWS." },
};
