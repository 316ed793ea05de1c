using System.Text.Json.Serialization;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>Hidden units that act on stacks.</summary>
internal sealed record StackLayerDefinition(int Size) : RecurrentLayerDefinition(Size, "Stack", Gates: 4)
{
    /// <summary>The stacks.</summary>
    public required StackShape Stacks { get; init; }

    [JsonIgnore]
    public override long MemorySize => (long)Stacks.NumberOfStacks * Stacks.StackSize;

    [JsonIgnore]
    public override double MostWeightNoise => Math.Min(0.05, base.MostWeightNoise);

    [JsonIgnore]
    public override long ExtraOutputSize => (long)Stacks.NumberOfStacks * (Stacks.Depth + Stacks.NumberOfActions);

    [JsonIgnore]
    public override bool CanBeCut => false;

    /// <summary>The actions, unless the layer reverses or joins the steps of the sequences.</summary>
    [JsonIgnore]
    public override (string Name, int[] Dimensions)? Shows =>
        !Bidirectional && TimeReduction == 1 ? (Inspection.StackActions, [Stacks.NumberOfStacks, Stacks.NumberOfActions]) : null;

    public override void Validate(int inputs)
    {
        base.Validate(inputs);
        Check(Stacks is not null, nameof(Stacks), "missing");
        Check(Stacks!.NumberOfStacks is > 0 and <= 1 << 16, nameof(Stacks.NumberOfStacks), Stacks.NumberOfStacks);
        Check(Stacks.StackSize is > 0 and <= 1 << 20, nameof(Stacks.StackSize), Stacks.StackSize);
        Check(Stacks.Depth is > 0 and <= 64, nameof(Stacks.Depth), Stacks.Depth);
    }

    protected override Cell<L, T> CreateCell<L, T>(int inputSize) => new StackCell<L, T>(inputSize, Size, Stacks);
}
