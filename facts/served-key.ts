// Stage 2: the keys of certificates that an Application Load Balancer serves.

/** RSA of 2048 to 4096 bits and ECDSA, as ACM spells them (ELB user guide, "SSL certificates for your Application Load Balancer"). */
export const servedKey = /^(?:RSA_(?:2048|3072|4096)|EC_\w+)$/;

/** Completes "expected …". */
export const servedKeys =
  "a certificate with a key that a load balancer serves (RSA of 2048 to 4096 bits, or ECDSA)";
