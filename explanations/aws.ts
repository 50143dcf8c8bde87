import type { Explanations } from "./explanation.ts";

/** Names and behaviour of errors, served to the SDK by a local server. */
const seen = (...names: readonly string[]): readonly string[] => [
  `seen with the AWS SDK for JavaScript 3.1169.0${names.length === 0 ? "" : `: ${names.join(", ")}`}`,
];

const proxies =
  "https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-configuring-proxies.html";

export const awsExplanations: Explanations = {
  "aws/sso-login": {
    meaning: "The SSO session is missing or over.",
    fix: "Run `aws sso login`, with `--profile` if you use one.",
    sources: seen("CredentialsProviderError", "TokenProviderError"),
  },
  "aws/no-credentials": {
    meaning: "No credentials were found, or the profile is empty or broken.",
    fix: "Name a profile with `--profile` or AWS_PROFILE; `aws sts get-caller-identity` tells whether it works.",
    sources: seen("CredentialsProviderError"),
  },
  "aws/clock-skew": {
    meaning: "This machine's clock and that of AWS differ too much.",
    fix: "Switch time synchronisation on. AWS refuses signatures that are more than minutes old, or from the future.",
    sources: seen("RequestTimeTooSkewed", "RequestInTheFuture"),
  },
  "aws/expired-token": {
    meaning: "The credentials have expired; AWS says the same where the clock is wrong.",
    fix: "Get new ones: `aws sso login`, or whatever made them.",
    sources: seen("RequestExpired", "ExpiredTokenException"),
  },
  "aws/denied": {
    meaning: "The credentials may not do this; the message names the action.",
    fix: "Allow it: what `meshfront explain docs/reference/iam-policy.json` prints is all that `lookup` needs.",
    sources: seen("UnauthorizedOperation", "AccessDeniedException"),
  },
  "aws/region-disabled": {
    meaning: "The region is not enabled in the account.",
    fix: "Enable it in the account's settings, or correct `cluster.region`.",
    sources: seen("OptInRequired"),
  },
  "aws/wrong-partition": {
    meaning: "The credentials are not known in the partition of the region (China, GovCloud).",
    fix: "Each partition has its own accounts: name a profile of that one, or correct `cluster.region`.",
    sources: seen("AuthFailure", "UnrecognizedClientException"),
  },
  "aws/bad-key": {
    meaning: "AWS does not know the access key.",
    fix: "It was deleted or is inactive, lacks its session token, or the region is not enabled in the account.",
    sources: seen("AuthFailure", "UnrecognizedClientException"),
  },
  "aws/wrong-secret": {
    meaning: "The secret key does not belong to the access key.",
    fix: "Copy both again. A proxy that changes requests looks the same to AWS.",
    sources: seen("SignatureDoesNotMatch"),
  },
  "aws/throttled": {
    meaning: "AWS refuses further calls for now.",
    fix: "Run it again in a minute. Each call was tried three times.",
    sources: seen("RequestLimitExceeded", "ThrottlingException"),
  },
  "aws/unknown-host": {
    meaning: "The host name does not resolve: a typo in `cluster.region`, or no network.",
    fix: "Correct the region, or check the network and AWS_ENDPOINT_URL.",
    sources: seen("ENOTFOUND"),
  },
  "aws/region-refused": {
    meaning: "The SDK does not accept the region.",
    fix: "Correct `cluster.region`.",
    sources: seen("Region not accepted"),
  },
  "aws/silent": {
    meaning: "No answer within the time limit of a call.",
    fix: "The machine must reach AWS directly or by a VPC endpoint: the SDK does not use HTTP_PROXY and HTTPS_PROXY.",
    sources: [...seen("TimeoutError"), proxies],
  },
  "aws/tls": {
    meaning: "The connection is not trusted, as with a proxy that opens TLS.",
    fix: "Name the proxy's certificate in NODE_EXTRA_CA_CERTS.",
    sources: ["Node.js, command-line options, NODE_EXTRA_CA_CERTS"],
  },
  "aws/unreachable": {
    meaning: "No connection.",
    fix: "Check network and firewall; the SDK does not use HTTP_PROXY and HTTPS_PROXY.",
    sources: [...seen("ECONNREFUSED", "ECONNRESET"), proxies],
  },
  "aws/not-aws": {
    meaning: "An answer that is not from AWS, such as the log-in page of a network.",
    fix: "Open a web page in this network and log in, or leave it.",
    sources: seen(
      "an HTML page makes a SyntaxError of ACM, and no error of EC2 but an answer without its list",
    ),
  },
  "aws/gateway": {
    meaning: "An HTTP error without one of the errors that AWS sends.",
    fix: "Something between here and AWS answers: ask who runs the proxy or gateway.",
    sources: seen("a bare 502 has the name Unknown"),
  },
  "aws/not-found": {
    meaning: "Something that was there a moment ago is gone.",
    fix: "Run it again.",
    sources: seen("ResourceNotFoundException", "InvalidSubnetID.NotFound"),
  },
  "aws/service-error": {
    meaning: "Any other error of AWS.",
    fix: "Run it again; if it stays, see https://health.aws.amazon.com for the service in this region.",
  },
};
