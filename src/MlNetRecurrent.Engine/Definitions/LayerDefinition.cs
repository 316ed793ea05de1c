using System.Globalization;
using System.Text.Json.Serialization;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>One recurrent layer.</summary>
/// <param name="Cell">Its cell.</param>
/// <param name="Size">Units, of each direction where there are two.</param>
internal sealed record LayerDefinition(CellKind Cell, int Size)
{
    /// <summary>Whether a second layer of the same kind reads the sequences from their end.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>Steps of the input that the layer reads as one.</summary>
    public int TimeReduction { get; init; } = 1;

    /// <summary>The part of the outputs that is left out in training.</summary>
    public float Dropout { get; init; }

    /// <summary>The stacks of a stack layer; null for the other cells.</summary>
    public StackDefinition? Stacks { get; init; }

    /// <summary>Units of both directions.</summary>
    [JsonIgnore]
    public int OutputSize => Size * (Bidirectional ? 2 : 1);

    /// <summary>Throws where the layer, which may come from a damaged file, cannot be. The ranges are those of the options.</summary>
    /// <param name="inputs">Numbers of a step that it reads.</param>
    /// <exception cref="InvalidDataException">A number is out of its range.</exception>
    public void Validate(int inputs)
    {
        Check(Enum.IsDefined(Cell), nameof(Cell), (int)Cell);
        Check(Size is > 0 and <= 1 << 16, nameof(Size), Size);
        Check(TimeReduction is > 0 and <= 1 << 10 && (long)inputs * TimeReduction <= 1 << 25, nameof(TimeReduction), TimeReduction);
        Check(Dropout is >= 0 and < 1, nameof(Dropout), Dropout);
        Check(Cell == CellKind.Stack == Stacks is not null, nameof(Stacks), Stacks is null ? "missing" : $"there, beside a cell that is {Cell}");
        if (Stacks is null)
            return;
        Check(Stacks.NumberOfStacks is > 0 and <= 1 << 16, nameof(Stacks.NumberOfStacks), Stacks.NumberOfStacks);
        Check(Stacks.StackSize is > 0 and <= 1 << 20, nameof(Stacks.StackSize), Stacks.StackSize);
        Check(Stacks.Depth is > 0 and <= 64, nameof(Stacks.Depth), Stacks.Depth);
    }

    private static void Check<T>(bool holds, string name, T value)
    {
        if (!holds)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The description of a layer is damaged: {name} is {value}."));
    }
}

/// <summary>The kinds of recurrent cells. Files hold the names.</summary>
internal enum CellKind
{
    Lstm,
    Gru,
    GruResetBefore,
    Elman,
    ElmanRectifier,
    Stack,
}
