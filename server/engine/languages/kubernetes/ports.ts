// Ports by which machines and clusters are managed. Source: IANA Service Name and Transport Protocol Port Number Registry;
// documentation of Docker (2375, 2376).

const protocols: Readonly<Record<string, string>> = {
  22: "SSH",
  23: "Telnet",
  2375: "the Docker API without TLS",
  2376: "the Docker API",
  3389: "RDP",
  5900: "VNC",
  5985: "WinRM",
  5986: "WinRM over TLS",
};

/** Those that are managed by when nobody says otherwise. */
export const managementPorts: readonly string[] = Object.keys(protocols);

/** How messages call a port: `22 (SSH)`. */
export const portCalled = (port: string): string => {
  const name = protocols[port];
  return name === undefined ? port : `${port} (${name})`;
};
