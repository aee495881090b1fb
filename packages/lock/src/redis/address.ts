/** Where Redis is, and in which form. */
export type RedisAddress = RedisServerAddress | RedisSentinelAddress | RedisClusterAddress;

interface Common {
  readonly login: RedisLogin;
  readonly tls: boolean;
}

/** One server, or one node of a cluster, which then tells of the others. */
export interface RedisServerAddress extends Common {
  readonly kind: 'server';
  readonly at: RedisHost | RedisSocket;
  readonly database: number;
}

/** Sentinels, who know where the primary of this name is just now. */
export interface RedisSentinelAddress extends Common {
  readonly kind: 'sentinel';
  readonly sentinels: readonly RedisHost[];
  readonly sentinelLogin: RedisLogin;
  readonly name: string;
  readonly database: number;
}

/** Some nodes of a cluster; the others are learned from them. */
export interface RedisClusterAddress extends Common {
  readonly kind: 'cluster';
  readonly nodes: readonly RedisHost[];
}

export interface RedisHost {
  readonly host: string;
  readonly port: number;
}

export interface RedisSocket {
  /** A socket file of this machine. */
  readonly path: string;
}

/** Both null: nobody asks. Without a user the password is that of the user `default`. */
export interface RedisLogin {
  readonly user: string | null;
  readonly password: string | null;
}

/** What TLS needs beside the authorities that Node trusts, as PEM texts. */
export interface RedisCertificates {
  /** The authority that signed the servers' certificates, when it is a private one. */
  readonly ca?: string;
  /** This client's own certificate and key, for servers that demand one. */
  readonly cert?: string;
  readonly key?: string;
}
