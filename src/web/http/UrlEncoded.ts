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
const digit = (byte: number | undefined): number | undefined => {
  if (byte === undefined) return undefined
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined
}

const byteOf = (body: Uint8Array, at: number): number => {
  const [high, low] = [digit(body[at + 1]), digit(body[at + 2])]
  if (high === undefined || low === undefined) throw new MalformedForm("form")
  return high * 16 + low
}

/**
 * Parses `application/x-www-form-urlencoded` byte by byte, in time proportional to the length for any input. A form is
 * parsed at once or in slices; a megabyte takes a few milliseconds.
 */
export class UrlEncoded {
  private readonly decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
  private readonly decoded: Uint8Array
  private readonly fields: Array<readonly [name: string, value: string]> = []
  private name: string | undefined
  private isEmpty = true
  private read: number
  private text = ""
  private start = 0
  private end = 0

  /** `maxFields` limits the number of fields. */
  constructor(
    private readonly body: Uint8Array,
    private readonly maxFields: number
  ) {
    this.decoded = new Uint8Array(body.length)
    this.read = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0
  }

  /** Parses up to `count` more bytes; returns whether it has reached the end. Throws `MalformedForm`. */
  step(count: number): boolean {
    const { body, decoded } = this
    const until = Math.min(body.length, this.read + count)
    while (this.read < until) {
      const byte = body[this.read] ?? 0
      if (byte === ampersand) this.finishField()
      else {
        this.isEmpty = false
        if (byte === equals && this.name === undefined) this.name = this.takeText()
        else if (byte === percent) {
          decoded[this.end++] = byteOf(body, this.read)
          this.read += 2
        } else decoded[this.end++] = byte === plus ? space : byte
      }
      this.read++
    }
    const isLast = this.read >= body.length
    if (isLast) this.finishField()
    else this.text += this.decode({ stream: true })
    return isLast
  }

  /** Names and values in order of arrival. */
  get entries(): ReadonlyArray<readonly [name: string, value: string]> {
    return this.fields
  }

  /** Bytes of names and values parsed so far. */
  get textBytes(): number {
    return this.end
  }

  private finishField(): void {
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
