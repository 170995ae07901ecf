// What dangerous Linux capabilities allow a process to do, in words that follow "may".
// Source: capabilities(7), Linux man-pages 6.9. Left out are those that the Baseline of the Pod Security Standards lets
// a container add, and those that only spend what the node has (IPC_LOCK, SYS_RESOURCE).

const dangers: Readonly<Record<string, string>> = {
  ALL: "do whatever root may",
  AUDIT_CONTROL: "switch off the audit of its node",
  BPF: "load programs into the kernel",
  DAC_READ_SEARCH: "read any file",
  MAC_ADMIN: "change the node's access policy",
  MAC_OVERRIDE: "override the node's access policy",
  NET_ADMIN: "change addresses, routes and firewall rules",
  NET_RAW: "send packets in the name of its neighbours",
  PERFMON: "watch every process of its node",
  SYS_ADMIN: "mount file systems and change namespaces",
  SYS_BOOT: "restart its node",
  SYS_MODULE: "load kernel modules",
  SYS_PTRACE: "read and change other processes",
  SYS_RAWIO: "read and write the memory and disks of its node",
  SYS_TIME: "set the clock of its node",
  SYSLOG: "read the kernel's log",
};

/** Names of capabilities that break the wall between container and node, or come near to it. */
export const dangerousCapabilities: readonly string[] = Object.keys(dangers);

/** A capability's name as the kernel's documentation has it, without its prefix: `cap_net_admin` is `NET_ADMIN`. */
export const capabilityName = (text: string): string => text.trim().toUpperCase().replace(/^CAP_/, "");

/** What a capability allows, after "may"; undefined for one that is not in the table. */
export const dangerOf = (name: string): string | undefined => dangers[name];
