using MlNetRecurrent.Engine.Cells;
using MlNetRecurrent.Engine.Definitions;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>The kinds of cells, for tests of each of them.</summary>
internal enum CellKind
{
    Lstm,
    Gru,
    GruResetBefore,
    Elman,
    ElmanRectifier,
    Stack,
}

/// <summary>Layers by the kind of their cells.</summary>
internal static class Cells
{
    /// <param name="cell">The kind.</param>
    /// <param name="size">The number of units.</param>
    /// <param name="stacks">The stacks of a layer that has some; null for a few small ones.</param>
    public static LayerDefinition Define(CellKind cell, int size, StackShape? stacks = null) => cell switch
    {
        CellKind.Lstm => new LstmDefinition(size),
        CellKind.Gru => new GruDefinition(size),
        CellKind.GruResetBefore => new GruResetBeforeDefinition(size),
        CellKind.Elman => new ElmanDefinition(size),
        CellKind.ElmanRectifier => new ElmanRectifierDefinition(size),
        _ => new StackLayerDefinition(size) { Stacks = stacks ?? new() { NumberOfStacks = 2, StackSize = 3, Depth = 2 } },
    };
}
