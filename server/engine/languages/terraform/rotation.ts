// Keys and secrets that are not renewed, with the defaults of the providers.
// Source: argument references of hashicorp/aws 6.25.0, hashicorp/azurerm 4.55.0, hashicorp/google 6.50.0.

import { byType, type Demand, each } from "./demands.js";

const same = "the same key is used for ever";

/** What turns rotation on, or says when something ends. */
export const rotation: ReadonlyMap<string, readonly Demand[]> = byType([
  ...each("aws_kms_key", {
    path: "enable_key_rotation",
    wrong: [false],
    absent: "false",
    so: same,
    want: "true",
    // In a key store of one's own the material is made elsewhere.
    unless: ["custom_key_store_id", "xks_key_id"],
  }),
  ...each("google_kms_crypto_key", {
    path: "rotation_period",
    absent: "none",
    so: same,
    want: '"7776000s"', // 90 days
    where: { path: "purpose", is: ["ENCRYPT_DECRYPT"], orUnset: true },
    // Material from elsewhere is renewed elsewhere.
    unless: ["import_only", "crypto_key_backend"],
  }),
  ...each("azurerm_key_vault_key", {
    path: "expiration_date",
    absent: "none",
    so: `it never ends and has no rotation policy, so ${same}`,
    unless: ["rotation_policy"],
  }),
  ...each("azurerm_key_vault_secret", {
    path: "expiration_date",
    absent: "none",
    so: "it never ends, so nothing asks for a new one",
  }),
]);

/** The arguments that make a key asymmetric or of another use: such a key is not renewed by its service. */
export const rotates: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  aws_kms_key: {
    key_usage: ["ENCRYPT_DECRYPT"],
    customer_master_key_spec: ["SYMMETRIC_DEFAULT"],
    key_spec: ["SYMMETRIC_DEFAULT"],
    is_enabled: ["true"],
  },
  google_kms_crypto_key: { "version_template.protection_level": ["SOFTWARE", "HSM"] },
};
