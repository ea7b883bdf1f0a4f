import { Tokenizer, TokenParser, TokenType } from "@streamparser/json"
import { ImportFileRefused } from "../../src/errors/ImportFile.js"

/** A row of a table. */
export interface GhostRow {
  readonly table: string
  readonly row: unknown
}

/** Limits that no export of a real site reaches. */
const deepest = 64
const longestRow = 67_108_864

/** Places of rows in exports of Ghost since version 0.4. */
const paths = ["$.db.*.data.*.*", "$.data.*.*"]

const steps: ReadonlyMap<TokenType, number> = new Map([
  [TokenType.LEFT_BRACE, 1],
  [TokenType.LEFT_BRACKET, 1],
  [TokenType.RIGHT_BRACE, -1],
  [TokenType.RIGHT_BRACKET, -1]
])

/**
 * Parses a Ghost export in chunks and passes on each row of its tables when it is complete, so that at most one row is
 * in memory.
 */
export class GhostReader {
  readonly #tokenizer: Tokenizer
  readonly #parser: TokenParser
  #depth = 0
  #sinceRow = 0
  #rows = 0

  constructor(readonly onRow: (row: GhostRow) => void) {
    this.#tokenizer = new Tokenizer()
    this.#parser = new TokenParser({ paths, keepStack: false })
    this.#tokenizer.onToken = (token) => {
      this.#depth += steps.get(token.token) ?? 0
      if (this.#depth > deepest) throw new ImportFileRefused({ reason: "part_too_large", detail: "" })
      this.#parser.write(token)
    }
    this.#parser.onValue = ({ stack, value }) => {
      this.#sinceRow = 0
      this.#rows += 1
      const table = stack.at(-1)?.key
      this.onRow({ table: typeof table === "string" ? table : "", row: value })
    }
    // Errors are thrown by `write`.
    this.#tokenizer.onError = (error) => {
      throw error
    }
    this.#parser.onError = (error) => {
      throw error
    }
  }

  /** Whether any table had a row. */
  get hasRows(): boolean {
    return this.#rows > 0
  }

  /** Reads a chunk. Throws `ImportFileRefused`. */
  write(chunk: Uint8Array): void {
    this.#sinceRow += chunk.length
    if (this.#sinceRow > longestRow) throw new ImportFileRefused({ reason: "part_too_large", detail: "" })
    try {
      this.#tokenizer.write(chunk)
    } catch (error) {
      throw error instanceof ImportFileRefused ? error : new ImportFileRefused({ reason: "json", detail: "" })
    }
  }

  /** Ends the parsing. Throws `ImportFileRefused` if the file is incomplete. */
  end(): void {
    try {
      if (!this.#parser.isEnded) this.#tokenizer.end()
    } catch {
      throw new ImportFileRefused({ reason: "json", detail: "" })
    }
    if (!this.#parser.isEnded) throw new ImportFileRefused({ reason: "json", detail: "" })
    if (!this.hasRows) throw new ImportFileRefused({ reason: "kind", detail: "" })
  }
}
