// Ports by which machines and clusters are managed, and what listens there. Source: IANA Service Name and Transport Protocol
// Port Number Registry; documentation of Docker (2375, 2376), Kubernetes and etcd.

const services: Readonly<Record<string, string>> = {
  22: "SSH",
  23: "Telnet",
  2375: "the Docker API without TLS",
  2376: "the Docker API",
  2379: "etcd",
  3389: "RDP",
  5900: "VNC",
  5985: "WinRM",
  5986: "WinRM over TLS",
  6443: "the Kubernetes API",
  10250: "the kubelet",
};

/** Ports at which a cluster is managed: inside of it they are where they belong. */
const clusterPorts: readonly string[] = ["2379", "6443", "10250"];

/** All ports by which machines and clusters are managed. */
export const managementPorts: readonly string[] = Object.keys(services);

/** Those by which single machines and containers are. */
export const machinePorts: readonly string[] = managementPorts.filter((port) => !clusterPorts.includes(port));

/** What listens at a port by convention; `undefined` where it is no port for management. */
export const serviceAt = (port: string): string | undefined =>
  Object.hasOwn(services, port) ? services[port] : undefined;

/** How messages call a port: `22 (SSH)`. */
export function portCalled(port: string): string {
  const service = serviceAt(port);
  return service === undefined ? port : `${port} (${service})`;
}
