namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// The grain of the memory layout. Hidden units come in blocks of 16, and two blocks side by side make a panel: the columns that one
/// register tile computes. The grain is the same at every SIMD width, so buffers and weights do not depend on the processor.
/// </summary>
internal static class Block
{
    /// <summary>Units in a block.</summary>
    public const int Size = 16;

    /// <summary>Columns in a panel: two blocks.</summary>
    public const int Panel = 2 * Size;

    /// <summary>Blocks that hold <paramref name="units"/> units.</summary>
    public static int CountFor(int units) => (units + Size - 1) / Size;

    /// <summary><paramref name="units"/> rounded up to whole blocks.</summary>
    public static int Pad(int units) => CountFor(units) * Size;

    /// <summary><paramref name="columns"/> rounded up to whole panels.</summary>
    public static int PadToPanel(int columns) => (columns + Panel - 1) / Panel * Panel;
}
