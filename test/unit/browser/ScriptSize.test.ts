import { gzipSync } from "node:zlib"
import { expect, it } from "@effect/vitest"
import { editorScript } from "../../../src/web/editor/Script.js"

it("the editor's script is at most 120 kB compressed", () => {
  expect(gzipSync(editorScript.content).length).toBeLessThanOrEqual(120_000)
})
