import letters from "font:literata-normal-card"
import { rmSync } from "node:fs"
import { mkdtemp, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"

/** Fonts of preview cards as Pango describes them, without their size in points. */
export const cardFonts = { heading: "Literata SemiBold", site: "Literata" } as const

/**
 * Writes the font to a file, which libvips needs. A machine without any configuration of fonts gets an empty one, because
 * fontconfig would print an error to standard error.
 */
const write = async (): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), "starpunk-font-"))
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }))
  const path = join(directory, "card.ttf")
  await writeFile(path, Buffer.from(letters, "base64"))
  // biome-ignore lint/plugin: fontconfig, a C library, is configured by the environment only.
  if (process.env.FONTCONFIG_FILE === undefined) {
    const configuration = join(directory, "fonts.conf")
    const system = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
    await writeFile(
      configuration,
      `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${system}</fontconfig>`
    )
    // biome-ignore lint/plugin: as above.
    process.env.FONTCONFIG_FILE = configuration
  }
  return path
}

let written: Promise<string> | undefined

/**
 * Path of the font of preview cards. The file is removed only at the end of the process, because fontconfig keeps its
 * path until then.
 */
export const cardFont: Effect.Effect<string, unknown> = Effect.tryPromise(() => {
  written ??= write().catch((error) => {
    written = undefined
    throw error
  })
  return written
})
