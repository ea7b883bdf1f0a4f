/** Thrown for invalid forms: broken escapes, invalid UTF-8, too many fields. */
export class MalformedForm extends Error {
  constructor(readonly reason: "form" | "utf8") {
    super(reason)
  }
}

const ampersand = 0x26
const equals = 0x3d
const percent = 0x25
const plus = 0x2b
const space = 0x20

/** The value of a hexadecimal digit; `undefined` for other bytes. */
const digit = (byte: number): number | undefined => {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined
}

const byteOrderMark = [0xef, 0xbb, 0xbf]

/**
 * Parses `application/x-www-form-urlencoded` byte by byte, in time proportional to the length for any input, in the
 * pieces in which it is given. A megabyte takes a few milliseconds.
 */
export class UrlEncoded {
  private readonly decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
  private readonly fields: Array<readonly [name: string, value: string]> = []
  private name: string | undefined
  private isEmpty = true
  private isFirst = true
  /** The first digit of an escape: `undefined` outside of escapes, -1 after the percent sign. */
  private escape: number | undefined
  private text = ""
  /** Decoded bytes of the current piece; those from `start` on belong to the current name or value. */
  private decoded = new Uint8Array(0)
  private start = 0
  private end = 0
  private taken = 0

  /** `maxFields` limits the number of fields. */
  constructor(private readonly maxFields: number) {}

  /** Parses the next piece. A byte order mark is skipped if the first piece contains it whole. Throws `MalformedForm`. */
  add(piece: Uint8Array): void {
    if (this.decoded.length < piece.length) this.decoded = new Uint8Array(piece.length)
    const hasMark = this.isFirst && byteOrderMark.every((byte, at) => piece[at] === byte)
    this.isFirst = false
    for (let at = hasMark ? byteOrderMark.length : 0; at < piece.length; at++) this.take(piece[at] ?? 0)
    this.text += this.decode({ stream: true })
    this.taken += this.end
    this.start = 0
    this.end = 0
  }

  /** Parses the end. Throws `MalformedForm`. */
  finish(): void {
    this.finishField()
  }

  /** Names and values in order of arrival. */
  get entries(): ReadonlyArray<readonly [name: string, value: string]> {
    return this.fields
  }

  /** Bytes of names and values parsed so far. */
  get textBytes(): number {
    return this.taken
  }

  private take(byte: number): void {
    if (this.escape !== undefined) this.takeDigit(this.escape, byte)
    else if (byte === ampersand) this.finishField()
    else {
      this.isEmpty = false
      if (byte === equals && this.name === undefined) this.name = this.takeText()
      else if (byte === percent) this.escape = -1
      else this.decoded[this.end++] = byte === plus ? space : byte
    }
  }

  private takeDigit(first: number, byte: number): void {
    const value = digit(byte)
    if (value === undefined) throw new MalformedForm("form")
    if (first === -1) this.escape = value
    else {
      this.decoded[this.end++] = first * 16 + value
      this.escape = undefined
    }
  }

  private finishField(): void {
    if (this.escape !== undefined) throw new MalformedForm("form")
    if (!this.isEmpty) {
      if (this.fields.length === this.maxFields) throw new MalformedForm("form")
      const last = this.takeText()
      this.fields.push(this.name === undefined ? [last, ""] : [this.name, last])
    }
    this.name = undefined
    this.isEmpty = true
  }

  private takeText(): string {
    const text = this.text + this.decode()
    this.text = ""
    return text
  }

  private decode(options?: { readonly stream: boolean }): string {
    const bytes = this.decoded.subarray(this.start, this.end)
    this.start = this.end
    try {
      return this.decoder.decode(bytes, options)
    } catch {
      throw new MalformedForm("utf8")
    }
  }
}
