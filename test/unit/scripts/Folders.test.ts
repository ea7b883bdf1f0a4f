import { describe, expect, it } from "vitest"
import { folderCircles, folderOf } from "../../../scripts/folders.mjs"

const modules = (imports: Readonly<Record<string, ReadonlyArray<string>>>) =>
  Object.entries(imports).map(([source, targets]) => ({
    source,
    dependencies: targets.map((resolved) => ({ resolved }))
  }))

describe("folders", () => {
  it("are features, engines and jobs, including their subfolders", () => {
    expect(
      [
        "src/web/blog/Home.tsx",
        "src/web/login/sessions/Routes.tsx",
        "src/settings/table/Storage.ts",
        "src/domain/Instant.ts",
        "layers/sqlite/pool/SqlPool.ts",
        "layers/Production.ts"
      ].map(folderOf)
    ).toEqual([
      "src/web/blog",
      "src/web/login",
      "src/settings",
      "src/domain",
      "layers/sqlite/pool",
      "layers/Production.ts"
    ])
  })

  it("may import one another in one direction", () => {
    expect(
      folderCircles(
        modules({
          "src/web/blog/Home.tsx": ["src/web/theme/Layout.tsx", "src/domain/posts/Post.ts"],
          "src/web/theme/Layout.tsx": ["src/domain/posts/Post.ts"],
          "src/domain/posts/Post.ts": ["node_modules/effect/index.js"]
        })
      )
    ).toEqual([])
  })

  it("that import each other are reported, though no two files do", () => {
    expect(
      folderCircles(
        modules({
          "src/web/blog/Home.tsx": ["src/web/theme/Layout.tsx"],
          "src/web/theme/Layout.tsx": [],
          "src/web/theme/Entry.tsx": ["src/web/blog/Dates.ts"],
          "src/web/blog/Dates.ts": []
        })
      )
    ).toEqual([["src/web/blog", "src/web/theme"]])
  })

  it("that form a cycle are reported once", () => {
    expect(
      folderCircles(
        modules({
          "layers/http/A.ts": ["layers/log/B.ts"],
          "layers/log/B.ts": ["layers/files/C.ts"],
          "layers/files/C.ts": ["layers/http/A.ts"],
          "layers/media/D.ts": ["layers/http/A.ts"]
        })
      )
    ).toEqual([["layers/files", "layers/http", "layers/log"]])
  })
})
