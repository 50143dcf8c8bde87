// Stage 2: the one table of what `lookup` calls. The IAM policy in the documentation is made from it.

/**
 * Each action with its statement in docs/reference/iam-policy.json; a refusal names the one that is missing. None takes
 * a resource but DescribeCertificate, whose ARN would differ in each partition and restrict nothing within an account.
 */
const statementOfAction = {
  "ec2:DescribeSecurityGroups": "MeshfrontLookupNetwork",
  "ec2:DescribeVpcs": "MeshfrontLookupNetwork",
  "ec2:DescribeSubnets": "MeshfrontLookupNetwork",
  "ec2:DescribeRouteTables": "MeshfrontLookupNetwork",
  "ec2:DescribeAvailabilityZones": "MeshfrontLookupNetwork",
  "acm:ListCertificates": "MeshfrontLookupCertificates",
  "acm:DescribeCertificate": "MeshfrontLookupCertificates",
  "wafv2:ListWebACLs": "MeshfrontLookupWebAcls",
} as const;

/** An action as IAM spells it. */
export type AwsAction = keyof typeof statementOfAction;

export const policyFile = "docs/reference/iam-policy.json";

/** The statement of the policy that allows an action. */
export const findStatement = (action: AwsAction): string => statementOfAction[action];

/** The least that `lookup` needs, as an IAM policy document. */
export function iamPolicy(): object {
  const rows = Object.entries(statementOfAction);
  return {
    Version: "2012-10-17",
    Statement: [...new Set(rows.map(([, statement]) => statement))].map((Sid) => ({
      Sid,
      Effect: "Allow",
      Action: rows
        .filter(([, statement]) => statement === Sid)
        .map(([action]) => action)
        .sort(),
      Resource: "*",
    })),
  };
}
