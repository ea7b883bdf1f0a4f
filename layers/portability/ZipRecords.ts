/** A file in a zip archive, as its directory names it. */
export interface ZipEntry {
  /** UTF-8. */
  readonly path: Buffer
  readonly modified: Date
  readonly isCompressed: boolean
  /** Whether its header was written before its checksum was known, which then follows the content. */
  readonly isStreamed: boolean
  /** Place of its header in the archive. */
  readonly offset: number
  readonly crc32: number
  /** Length of the content. */
  readonly bytes: number
  /** Length of the content in the archive. */
  readonly stored: number
}

/** Larger numbers, and this one, are written as zip64. */
const most32 = 0xffffffff
const most16 = 0xffff

/** Unix, and version 4.5 of the format (zip64). */
const madeBy = (3 << 8) | 45

/** A regular file for its owner only, because an export contains private posts. */
const attributes = (0o100600 << 16) >>> 0

/** Date and time in the words of MS-DOS, which begin in 1980. Readers that know time zones read `timestamp` instead. */
const dosTime = (date: Date): number =>
  (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1)
const dosDate = (date: Date): number =>
  (Math.min(127, Math.max(0, date.getUTCFullYear() - 1980)) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate()

/** The time of modification in seconds (extra field `UT` of Info-ZIP). */
const timestamp = (date: Date): Buffer => {
  const field = Buffer.alloc(9)
  field.writeUInt16LE(0x5455, 0)
  field.writeUInt16LE(5, 2)
  field.writeUInt8(1, 4)
  field.writeInt32LE(Math.max(-0x80000000, Math.min(0x7fffffff, Math.floor(date.getTime() / 1000))), 5)
  return field
}

/** Numbers that have no room in a record (extra field of zip64). */
const wide = (numbers: ReadonlyArray<number>): Buffer => {
  const field = Buffer.alloc(4 + 8 * numbers.length)
  field.writeUInt16LE(1, 0)
  field.writeUInt16LE(8 * numbers.length, 2)
  for (const [place, number] of numbers.entries()) field.writeBigUInt64LE(BigInt(number), 4 + 8 * place)
  return field
}

const isLong = ({ bytes, stored }: ZipEntry): boolean => Math.max(bytes, stored) >= most32

/** The fields that both headers of a file have, from the version that reads it to the length of its path. */
const writeCommon = (record: Buffer, at: number, entry: ZipEntry, isWide: boolean, isKnown: boolean): void => {
  record.writeUInt16LE(isWide ? 45 : 20, at)
  record.writeUInt16LE(0x0800 | (entry.isStreamed ? 0x0008 : 0), at + 2)
  record.writeUInt16LE(entry.isCompressed ? 8 : 0, at + 4)
  record.writeUInt16LE(dosTime(entry.modified), at + 6)
  record.writeUInt16LE(dosDate(entry.modified), at + 8)
  record.writeUInt32LE(isKnown ? entry.crc32 : 0, at + 10)
  record.writeUInt32LE(isWide ? most32 : isKnown ? entry.stored : 0, at + 14)
  record.writeUInt32LE(isWide ? most32 : isKnown ? entry.bytes : 0, at + 18)
  record.writeUInt16LE(entry.path.length, at + 22)
}

/** The header before the content of a file. Of a streamed file only the expected length is known. */
export const localHeader = (entry: ZipEntry): Buffer => {
  const isWide = isLong(entry)
  const isKnown = !entry.isStreamed
  const extra = Buffer.concat([
    timestamp(entry.modified),
    ...(isWide ? [wide(isKnown ? [entry.bytes, entry.stored] : [0, 0])] : [])
  ])
  const record = Buffer.alloc(30)
  record.writeUInt32LE(0x04034b50, 0)
  writeCommon(record, 4, entry, isWide, isKnown)
  record.writeUInt16LE(extra.length, 28)
  return Buffer.concat([record, entry.path, extra])
}

/** The record after the content of a streamed file: its checksum and lengths. */
export const dataDescriptor = (entry: ZipEntry): Buffer => {
  const isWide = isLong(entry)
  const record = Buffer.alloc(isWide ? 24 : 16)
  record.writeUInt32LE(0x08074b50, 0)
  record.writeUInt32LE(entry.crc32, 4)
  if (isWide) {
    record.writeBigUInt64LE(BigInt(entry.stored), 8)
    record.writeBigUInt64LE(BigInt(entry.bytes), 16)
  } else {
    record.writeUInt32LE(entry.stored, 8)
    record.writeUInt32LE(entry.bytes, 12)
  }
  return record
}

/** The record of a file in the directory at the end of the archive. */
export const directoryRecord = (entry: ZipEntry): Buffer => {
  const isWide = isLong(entry) || entry.offset >= most32
  const extra = Buffer.concat([
    timestamp(entry.modified),
    ...(isWide ? [wide([entry.bytes, entry.stored, entry.offset])] : [])
  ])
  const record = Buffer.alloc(46)
  record.writeUInt32LE(0x02014b50, 0)
  record.writeUInt16LE(madeBy, 4)
  writeCommon(record, 6, entry, isWide, true)
  record.writeUInt16LE(extra.length, 30)
  record.writeUInt32LE(attributes, 38)
  record.writeUInt32LE(isWide ? most32 : entry.offset, 42)
  return Buffer.concat([record, entry.path, extra])
}

/** The end of an archive. `offset` is the place of its directory, `bytes` the directory's length. */
export const endRecord = (files: number, offset: number, bytes: number): Buffer => {
  const isWide = files >= most16 || Math.max(offset, bytes) >= most32
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(isWide ? most16 : files, 8)
  end.writeUInt16LE(isWide ? most16 : files, 10)
  end.writeUInt32LE(isWide ? most32 : bytes, 12)
  end.writeUInt32LE(isWide ? most32 : offset, 16)
  if (!isWide) return end
  const long = Buffer.alloc(56)
  long.writeUInt32LE(0x06064b50, 0)
  long.writeBigUInt64LE(44n, 4)
  long.writeUInt16LE(madeBy, 12)
  long.writeUInt16LE(45, 14)
  long.writeBigUInt64LE(BigInt(files), 24)
  long.writeBigUInt64LE(BigInt(files), 32)
  long.writeBigUInt64LE(BigInt(bytes), 40)
  long.writeBigUInt64LE(BigInt(offset), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(offset + bytes), 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([long, locator, end])
}
