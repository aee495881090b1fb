/** What a file is by its own first bytes; null: nothing that is accepted as evidence. */
export function evidenceTypeOf(bytes: Uint8Array): string | null {
  return signatures.find(({ begins }) => begins.every((byte, at) => bytes[at] === byte))?.mediaType ?? null;
}

const signatures: readonly { readonly mediaType: string; readonly begins: readonly number[] }[] = [
  { mediaType: 'application/pdf', begins: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { mediaType: 'image/jpeg', begins: [0xff, 0xd8, 0xff] },
  { mediaType: 'image/png', begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
];
