/** Where the bytes of evidence are: a folder beside the database, or an object store. */
export interface EvidenceStore {
  /** Keeps the bytes under this name for good; rejects with `EvidenceUnavailable`. */
  put(name: string, bytes: Uint8Array, mediaType: string): Promise<void>;
  /** Forgets them, if they are there; rejects with `EvidenceUnavailable`. */
  remove(name: string): Promise<void>;
  /** Null: they are not there. Rejects with `EvidenceUnavailable`. */
  get(name: string): Promise<Uint8Array | null>;
}

/** Nothing was kept, or nothing can be read now. */
export class EvidenceUnavailable extends Error {
  override readonly name = 'EvidenceUnavailable';
}
