/** The part of buffer-crc32 that is used here; its own types have no default export. https://github.com/brianloveswords/buffer-crc32 */
declare module "buffer-crc32" {
  const crc32: {
    /** The checksum of these bytes after those with the checksum `before`. */
    unsigned(bytes: Uint8Array, before?: number): number
  }
  export default crc32
}
