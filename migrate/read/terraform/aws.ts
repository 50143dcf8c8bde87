// Facts of AWS in Terraform's resources and data sources. From the documented schema of hashicorp/aws; not proven on a real
// state, because that provider could not be had.
import type { AwsFact, Origin } from "../../live.ts";
import { stringMapOf, textOf, textsOf } from "../../recognise/objects.ts";
import type { TerraformInstance } from "./resources.ts";

/** Undefined for what is no such fact. */
export function awsFactOf({ type, values }: TerraformInstance, origin: Origin): AwsFact | undefined {
  const arn = textOf(values.arn);
  switch (type) {
    case "aws_subnet":
      return {
        kind: "subnet",
        id: textOf(values.id),
        zone: textOf(values.availability_zone),
        cidr: textOf(values.cidr_block),
        vpcId: textOf(values.vpc_id),
        tags: stringMapOf(values.tags),
        origin,
      };
    case "aws_acm_certificate": {
      const domain = textOf(values.domain_name) || textOf(values.domain);
      return {
        kind: "certificate",
        arn,
        domain,
        names: [...new Set([domain, ...textsOf(values.subject_alternative_names)])],
        keyAlgorithm: textOf(values.key_algorithm),
        ...(textOf(values.not_after) !== "" && { notAfter: textOf(values.not_after).slice(0, 10) }),
        origin,
      };
    }
    case "aws_wafv2_web_acl":
      return { kind: "webAcl", arn, name: textOf(values.name), origin };
    case "aws_eks_cluster":
      return {
        kind: "cluster",
        name: textOf(values.name) || textOf(values.id),
        ...(arn !== "" && { arn }),
        origin,
      };
    default:
      return undefined;
  }
}
