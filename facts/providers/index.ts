// Stage 2, the edge: everything that talks to AWS. commands/lookup.ts loads it, at run time, and nothing else does.
import { ACMClient } from "@aws-sdk/client-acm";
import { EC2Client } from "@aws-sdk/client-ec2";
import { WAFV2Client } from "@aws-sdk/client-wafv2";
import { AwsCallError } from "../aws-call-error.ts";
import type { AwsRegion } from "../observed.ts";
import type { CallContext } from "./call.ts";
import { listCertificates } from "./certificates.ts";
import { failureOf } from "./failure-of.ts";
import { keepSecret } from "./redact.ts";
import { listRouteTables } from "./route-tables.ts";
import { listSecurityGroups } from "./security-groups.ts";
import { listSubnets } from "./subnets.ts";
import { listVpcs } from "./vpcs.ts";
import { listWebAcls } from "./web-acls.ts";
import { listZones } from "./zones.ts";

export interface ConnectOptions extends CallContext {
  /** Any region that will be asked; credentials of some kinds are fetched there. */
  readonly region: string;
  /** Undefined: AWS_PROFILE, then the rest of the SDK's chain. */
  readonly profile: string | undefined;
}

export interface AwsConnection {
  /** 12 digits, where the kind of credentials tells it (SSO, assumed roles). */
  readonly account: string | undefined;
  readonly inRegion: (region: string) => AwsRegion;
}

/** Finds credentials, once for all calls. Rejects with an AwsCallError. */
export async function connect({ region, profile, ...context }: ConnectOptions): Promise<AwsConnection> {
  // Exactly `true`, before the first client: otherwise Node 20 gets a warning on stderr.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  keepSecret([
    process.env.AWS_ACCESS_KEY_ID,
    process.env.AWS_SECRET_ACCESS_KEY,
    process.env.AWS_SESSION_TOKEN,
  ]);
  const { credentials } = new EC2Client({ ...clientOptions(region), ...(profile && { profile }) }).config;
  try {
    const found: Credentials = await credentials();
    keepSecret([found.accessKeyId, found.secretAccessKey, found.sessionToken]);
    const wanted = profile ?? process.env.AWS_PROFILE;
    if (wanted && wanted !== "default" && !isFromProfile(found)) throw new ProfileIgnoredError();
    return {
      account: found.accountId,
      inRegion: (name) => connectRegion({ ...clientOptions(name), credentials }, context),
    };
  } catch (error) {
    throw new AwsCallError(failureOf("credentials", error));
  }
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly accountId?: string;
  /** The SDK's note of where it found them, for example CREDENTIALS_PROFILE. */
  readonly $source?: object;
}

/** After a profile with a typo the SDK goes on to the role of the machine: another account, perhaps, and silently. */
const isFromProfile = ({ $source }: Credentials): boolean =>
  $source === undefined || Object.keys($source).some((source) => /PROFILE|PROCESS|SSO|LOGIN/.test(source));

class ProfileIgnoredError extends Error {
  override readonly name = "CredentialsProviderError";
}

const silence = (): void => {};

/** The SDK waits for ever by default, and a limit without `throwOnRequestTimeout` only warns. */
const clientOptions = (region: string) => ({
  region,
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  logger: { trace: silence, debug: silence, info: silence, warn: silence, error: silence },
});

type RegionOptions = ReturnType<typeof clientOptions> & Pick<EC2Client["config"], "credentials">;

function connectRegion(options: RegionOptions, context: CallContext): AwsRegion {
  const ec2 = new EC2Client(options);
  const acm = new ACMClient(options);
  const wafv2 = new WAFV2Client(options);
  return {
    listSecurityGroups: (eksNames) => listSecurityGroups(ec2, eksNames, context),
    listVpcs: () => listVpcs(ec2, context),
    listZones: () => listZones(ec2, context),
    listSubnets: (vpcIds) => listSubnets(ec2, vpcIds, context),
    listRouteTables: (vpcIds) => listRouteTables(ec2, vpcIds, context),
    listCertificates: () => listCertificates(acm, context),
    listWebAcls: () => listWebAcls(wafv2, context),
  };
}
