import { Context, Deferred, Effect, Layer, Scope } from "effect"

type AnyLayer = Layer.Layer<unknown, unknown, unknown>
type Built = Effect.Effect<Context.Context<unknown>, unknown, unknown>

/** How Effect 3 represents the layers that are built here; it builds the others itself. */
type Operation =
  | { readonly _op_layer: "FromEffect" | "Scoped"; readonly effect: Built }
  | { readonly _op_layer: "Suspend"; readonly evaluate: () => AnyLayer }
  | { readonly _op_layer: "MergeAll"; readonly layers: ReadonlyArray<AnyLayer> }
  | { readonly _op_layer: "Provide"; readonly first: AnyLayer; readonly second: AnyLayer }
  | {
      readonly _op_layer: "ProvideMerge" | "ZipWith"
      readonly first: AnyLayer
      readonly second: AnyLayer
      readonly zipK: (one: Context.Context<unknown>, other: Context.Context<unknown>) => Context.Context<unknown>
    }
  | { readonly _op_layer: "Locally" | "ExtendScope" | "Fold" | "Fresh" }

/** Layers that were built, or are being built. All finalizers are in one scope, in the order in which layers were built. */
class BuiltLayers {
  readonly [Layer.MemoMapTypeId]: Layer.MemoMapTypeId = Layer.MemoMapTypeId
  private readonly contexts = new Map<AnyLayer, Deferred.Deferred<Context.Context<unknown>, unknown>>()

  constructor(private readonly scope: Scope.Scope) {}

  getOrElseMemoize<RIn, E, ROut>(layer: Layer.Layer<ROut, E, RIn>): Effect.Effect<Context.Context<ROut>, E, RIn>
  getOrElseMemoize(layer: AnyLayer): Built {
    return Effect.suspend(() => {
      const known = this.contexts.get(layer)
      if (known !== undefined) return Deferred.await(known)
      return Effect.flatMap(Deferred.make<Context.Context<unknown>, unknown>(), (building) => {
        this.contexts.set(layer, building)
        return Effect.onExit(this.build(layer), (exit) => Deferred.done(building, exit))
      })
    })
  }

  private build(layer: AnyLayer): Built {
    const operation = layer as unknown as Operation
    switch (operation._op_layer) {
      case "FromEffect":
        return operation.effect
      case "Scoped":
        return Scope.extend(operation.effect, this.scope)
      case "Suspend":
        return Effect.suspend(() => this.getOrElseMemoize(operation.evaluate()))
      case "MergeAll":
        return Effect.map(
          Effect.forEach(operation.layers, (each) => this.getOrElseMemoize(each)),
          (contexts) => Context.mergeAll(...contexts)
        )
      case "Provide":
        return Effect.flatMap(this.getOrElseMemoize(operation.first), (needs) =>
          Effect.provide(this.getOrElseMemoize(operation.second), needs)
        )
      case "ProvideMerge":
      case "ZipWith":
        return Effect.zipWith(
          this.getOrElseMemoize(operation.first),
          this.getOrElseMemoize(operation.second),
          operation.zipK
        )
      default:
        return Layer.buildWithMemoMap(layer, this, this.scope)
    }
  }
}

/**
 * Builds the layer, and those in it, one after another, and closes them in reverse order. Effect's own builder makes
 * fibers, scopes and locks for some 300 layers of a test's site, which takes twice as long. It reads how Effect 3
 * represents a layer, so this is for tests only.
 */
export const sequentially = <A, E, R>(layer: Layer.Layer<A, E, R>): Layer.Layer<A, E, R> =>
  Layer.scopedContext(
    Effect.flatMap(Effect.scope, (scope) => {
      const built = new BuiltLayers(scope)
      return Effect.provideService(built.getOrElseMemoize(layer), Layer.CurrentMemoMap, built)
    })
  )
